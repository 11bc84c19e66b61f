package dev.changeover.harness.provider.within;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A chunk with the finish reason `content_filter`, and the end.
final class FilterEvent implements EndsEarly.Ending {

    static final String REASON = "content_filter";
    private static final String ALONE =
            "{\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + REASON
                    + "\"}]}";

    @Override
    public void end(Optional<StreamEvent> inPlaceOf, Onward onward) {
        onward.event(StreamEvent.of(inPlaceOf
                .flatMap(StreamEvent::json)
                .filter(chunk -> !chunk.path("choices").isEmpty())
                .map(FilterEvent::like)
                .orElse(ALONE)));
        onward.event(StreamEvent.DONE);
        onward.end();
    }

    private static String like(ObjectNode chunk) {
        ObjectNode last = chunk.deepCopy();
        CompletionJson.eachChoice(last, choice -> {
            choice.putObject("delta");
            choice.put("finish_reason", REASON);
        });
        return last.toString();
    }
}
