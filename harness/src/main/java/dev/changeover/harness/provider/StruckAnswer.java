package dev.changeover.harness.provider;

import dev.changeover.toxics.http.HttpFault;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// How a fault strikes an answer on its way.
///
/// @param chunks with content that pass before
record StruckAnswer(How how, int chunks) {

    /// What comes at the place where it strikes.
    enum How {
        ERROR,
        UNFINISHED,
        CUT,
        STALL
    }

    private static final byte[] ERROR = new ApiError(
                    500, "server_error", "internal_error", "The server had an error processing your request.")
            .body();

    /// Empty for faults that strike before an answer, or in its place.
    static Optional<StruckAnswer> by(HttpFault fault) {
        return switch (fault) {
            case HttpFault.MidStreamError(var chunks, var _) -> Optional.of(new StruckAnswer(How.ERROR, chunks));
            case HttpFault.UnfinishedStream(var chunks) -> Optional.of(new StruckAnswer(How.UNFINISHED, chunks));
            case HttpFault.MidStreamCut(var chunks) -> Optional.of(new StruckAnswer(How.CUT, chunks));
            case HttpFault.StalledStream(var chunks) -> Optional.of(new StruckAnswer(How.STALL, chunks));
            case HttpFault.Unanswered _, HttpFault.Late _, HttpFault.Instead _ -> Optional.empty();
            case HttpFault.MalformedChunk _,
                    HttpFault.ToolCallCut _,
                    HttpFault.SlowDrip _,
                    HttpFault.WrongModel _,
                    HttpFault.ContentFilter _ ->
                throw new UnsupportedOperationException("the tap does not carry out " + fault);
        };
    }

    static Buffer errorEvent() {
        return Buffer.buffer("data: ").appendBytes(ERROR).appendString("\n\n");
    }

    /// What passes of an answer that comes whole.
    Buffer whole(Buffer body) {
        return switch (how) {
            case ERROR -> Buffer.buffer(ERROR);
            case UNFINISHED -> withoutFinishReason(body);
            case CUT -> body.getBuffer(0, body.length() / 2);
            case STALL -> body;
        };
    }

    private static Buffer withoutFinishReason(Buffer body) {
        try {
            JsonNode answer = JsonMapper.shared().readTree(body.getBytes());
            answer.path("choices").forEach(choice -> {
                if (choice instanceof ObjectNode fields) {
                    fields.remove("finish_reason");
                }
            });
            return Buffer.buffer(JsonMapper.shared().writeValueAsBytes(answer));
        } catch (JacksonException _) {
            return body;
        }
    }
}
