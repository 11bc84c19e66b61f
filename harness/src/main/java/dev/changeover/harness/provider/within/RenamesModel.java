package dev.changeover.harness.provider.within;

import tools.jackson.databind.node.ObjectNode;

/// Says in every chunk that another model gave it.
final class RenamesModel implements Onward {

    private final StruckCall call;
    private final Onward onward;
    private final String model;

    RenamesModel(StruckCall call, Onward onward, String model) {
        this.call = call;
        this.onward = onward;
        this.model = model;
    }

    @Override
    public void event(StreamEvent event) {
        if (event.json().filter(chunk -> chunk.has("model")).isEmpty()) {
            onward.event(event);
            return;
        }
        call.struck();
        ObjectNode renamed = event.json().get().deepCopy();
        renamed.put("model", model);
        onward.event(StreamEvent.of(renamed.toString()));
    }

    @Override
    public void end() {
        onward.end();
    }

    @Override
    public void cut() {
        onward.cut();
    }
}
