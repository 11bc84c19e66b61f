package dev.changeover.harness.provider;

import dev.changeover.harness.units.Hash;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.Tokens;
import dev.changeover.toxics.http.HttpFault.EmptyAnswer.Form;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/// Answers of status 200 with nothing in them, whole or as streams.
final class EmptyAnswers {

    private static final String BLANK = "\\n\\n \\n";

    private EmptyAnswers() {}

    static FaultAnswer of(Form form, ChatRequest asked) {
        if (form == Form.NO_BODY) {
            return new FaultAnswer(200, Map.of(), Buffer.buffer());
        }
        CompletionFrame frame =
                new CompletionFrame(asked.model(), Hash.mix(asked.digest()), Tokens.count(asked.promptText()));
        return asked.stream()
                ? new FaultAnswer(
                        200,
                        Map.of("content-type", "text/event-stream; charset=utf-8"),
                        stream(form, frame, asked.includeUsage()))
                : new FaultAnswer(200, Map.of("content-type", "application/json"), whole(form, frame));
    }

    private static Buffer stream(Form form, CompletionFrame frame, boolean withUsage) {
        return switch (form) {
            case EMPTY -> frame.chunk(delta("\"\"")).appendBuffer(frame.ending(0, "stop", withUsage));
            case NULL -> frame.chunk(delta("null")).appendBuffer(frame.ending(0, "stop", withUsage));
            case BLANK ->
                frame.chunk(delta("\"\""))
                        .appendBuffer(frame.chunk(delta("\"" + BLANK + "\"")))
                        .appendBuffer(frame.ending(0, "stop", withUsage));
            case NO_CHOICES -> frame.chunk("").appendBuffer(frame.end(0, withUsage));
            case NO_BODY -> Buffer.buffer();
        };
    }

    private static Buffer whole(Form form, CompletionFrame frame) {
        return switch (form) {
            case EMPTY -> frame.whole(message("\"\""), 0);
            case NULL -> frame.whole(message("null"), 0);
            case BLANK -> frame.whole(message("\"" + BLANK + "\""), 0);
            case NO_CHOICES -> frame.whole("", 0);
            case NO_BODY -> Buffer.buffer();
        };
    }

    private static String delta(String content) {
        return "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":" + content
                + ",\"refusal\":null},\"logprobs\":null,\"finish_reason\":null}";
    }

    private static String message(String content) {
        return "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + content
                + ",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}";
    }
}
