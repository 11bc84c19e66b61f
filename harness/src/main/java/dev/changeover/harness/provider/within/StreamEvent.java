package dev.changeover.harness.provider.within;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.changeover.harness.wire.AnswerReader;
import dev.changeover.harness.wire.MalformedStreamException;
import dev.changeover.harness.wire.SseParser;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// One event of a stream, with the blank line that ends it, as it came.
public final class StreamEvent {

    static final StreamEvent DONE = of("[DONE]");

    private final Buffer bytes;
    private final String data;
    private final Optional<ObjectNode> json;

    StreamEvent(Buffer bytes) {
        this.bytes = bytes;
        this.data = data(bytes.getBytes());
        this.json = CompletionJson.read(data.getBytes(UTF_8));
    }

    static StreamEvent of(String data) {
        return new StreamEvent(Buffer.buffer("data: " + data + "\n\n"));
    }

    public Buffer bytes() {
        return bytes;
    }

    String data() {
        return data;
    }

    /// Its data, where that is a JSON object. Whoever changes it changes a copy.
    Optional<ObjectNode> json() {
        return json;
    }

    /// Whether it says that the answer is over.
    boolean finishes() {
        return data.strip().equals("[DONE]")
                || json.map(chunk -> chunk.at("/choices/0/finish_reason"))
                        .filter(reason -> !reason.isMissingNode() && !reason.isNull())
                        .isPresent();
    }

    /// Whether it carries a piece of content, reasoning or a tool call.
    boolean hasContent() {
        byte[] all = bytes.getBytes();
        return AnswerReader.withoutCounting(200, "text/event-stream").feed(all, 0, all.length) > 0;
    }

    private static String data(byte[] bytes) {
        StringBuilder data = new StringBuilder();
        try {
            new SseParser((buffer, offset, length) -> data.append(new String(buffer, offset, length, UTF_8)))
                    .feed(bytes, 0, bytes.length);
        } catch (MalformedStreamException _) {
            return "";
        }
        return data.toString();
    }
}
