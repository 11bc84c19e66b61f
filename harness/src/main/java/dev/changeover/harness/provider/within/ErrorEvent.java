package dev.changeover.harness.provider.within;

import java.util.Optional;

/// An error event, and the end.
record ErrorEvent(String body) implements EndsEarly.Ending {

    @Override
    public void end(Optional<StreamEvent> inPlaceOf, Onward onward) {
        onward.event(StreamEvent.of(body));
        onward.end();
    }
}
