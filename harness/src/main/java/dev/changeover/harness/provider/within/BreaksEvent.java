package dev.changeover.harness.provider.within;

/// Breaks the JSON of the event at a place; the rest follows as it came.
final class BreaksEvent extends StrikesAtPlace {

    BreaksEvent(StruckCall call, Onward onward, int chunks) {
        super(call, onward, chunks);
    }

    @Override
    void strike(StreamEvent event) {
        call.struck();
        String data = event.data();
        if (event.json().isPresent()) {
            onward.event(StreamEvent.of(data.substring(0, data.length() / 2)));
        } else {
            strikeNothing();
            onward.event(event);
        }
    }

    @Override
    void strikeAtEnd() {
        call.struck();
        strikeNothing();
        onward.end();
    }

    private void strikeNothing() {
        onward.event(StreamEvent.of("{"));
    }

    @Override
    void eventBehind(StreamEvent event) {
        onward.event(event);
    }

    @Override
    void endBehind() {
        onward.end();
    }

    @Override
    void cutBehind() {
        onward.cut();
    }
}
