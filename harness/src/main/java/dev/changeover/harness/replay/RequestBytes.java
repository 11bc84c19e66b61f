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
        String accept = request.stream() ? "text/event-stream" : "application/json";
        String conversation = ConversationHeader.encode(request.conversation());
        // joined, not formatted: that would take longer than all the rest of making a request
        String text = "POST " + target.base() + "/chat/completions HTTP/1.1"
                + "\r\nHost: " + target.host() + ":" + target.port()
                + "\r\nUser-Agent: changeover"
                + "\r\nAuthorization: Bearer " + target.key().orElse(PLACEHOLDER_KEY)
                + "\r\nAccept: " + accept
                + "\r\nContent-Type: application/json"
                + "\r\n" + CallId.HEADER + ": " + request.id().text()
                + "\r\n" + ConversationHeader.NAME + ": " + conversation
                + "\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        byte[] head = text.getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[head.length + body.length];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(body, 0, bytes, head.length, body.length);
        return bytes;
    }
}
