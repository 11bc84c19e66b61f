package dev.changeover.harness.provider.within;

import java.util.Optional;

/// Ends a stream at a place in one way or another; what the provider says after that reaches nobody.
final class EndsEarly extends StrikesAtPlace {

    private final Ending ending;

    /// How a stream ends at the place.
    @FunctionalInterface
    interface Ending {
        /// @param inPlaceOf the first event that no longer passes, where there is one
        void end(Optional<StreamEvent> inPlaceOf, Onward onward);
    }

    EndsEarly(StruckCall call, Onward onward, int chunks, Ending ending) {
        super(call, onward, chunks);
        this.ending = ending;
    }

    @Override
    void strike(StreamEvent event) {
        call.struck();
        ending.end(Optional.of(event), onward);
        call.stopProvider();
    }

    @Override
    void strikeAtEnd() {
        call.struck();
        ending.end(Optional.empty(), onward);
    }

    @Override
    void eventBehind(StreamEvent event) {}

    @Override
    void endBehind() {}

    @Override
    void cutBehind() {}
}
