package dev.changeover.harness.replay;

import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ConversationHeader;
import java.nio.charset.StandardCharsets;

/// A request as it goes onto the wire: HTTP/1.1 head and body in one piece, so that sending it is one
/// write.
final class RequestBytes {

    private static final String PLACEHOLDER_KEY = "changeover-placeholder";

    private RequestBytes() {}

    static byte[] of(Target target, ScheduledRequest request, byte[] body) {
        byte[] head = """
            POST %s/chat/completions HTTP/1.1\r
            Host: %s:%d\r
            User-Agent: changeover\r
            Authorization: Bearer %s\r
            Accept: %s\r
            Content-Type: application/json\r
            %s: %s\r
            %s: %s\r
            Content-Length: %d\r
            \r
            """.formatted(
                        target.base(),
                        target.host(),
                        target.port(),
                        target.key().orElse(PLACEHOLDER_KEY),
                        request.stream() ? "text/event-stream" : "application/json",
                        CallId.HEADER,
                        request.id().text(),
                        ConversationHeader.NAME,
                        ConversationHeader.encode(request.conversation()),
                        body.length)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[head.length + body.length];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(body, 0, bytes, head.length, body.length);
        return bytes;
    }
}
