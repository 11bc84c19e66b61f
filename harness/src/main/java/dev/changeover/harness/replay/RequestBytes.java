package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.Transport;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ConversationHeader;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;

/// A request as it goes onto the wire.
sealed interface RequestBytes {

    String PLACEHOLDER_KEY = "changeover-placeholder";

    /// HTTP/1.1: head and body in one piece, so that sending it is one write.
    record Http1(byte[] bytes) implements RequestBytes {}

    /// HTTP/2: the head is compressed by the connection that carries it.
    record Http2(Http2Headers head, byte[] body) implements RequestBytes {}

    static RequestBytes of(Target target, ScheduledRequest request, byte[] body) {
        return switch (target.transport().http()) {
            case Transport.Http.ONE -> http1(target, request, body);
            case Transport.Http.TWO -> http2(target, request, body);
        };
    }

    private static Http1 http1(Target target, ScheduledRequest request, byte[] body) {
        String conversation = ConversationHeader.encode(request.conversation());
        // joined, not formatted: that would take longer than all the rest of making a request
        String text = "POST " + target.base() + "/chat/completions HTTP/1.1"
                + "\r\nHost: " + target.authority()
                + "\r\nUser-Agent: changeover"
                + "\r\nAuthorization: Bearer " + target.key().orElse(PLACEHOLDER_KEY)
                + "\r\nAccept: " + accepted(request)
                + "\r\nContent-Type: application/json"
                + "\r\n" + CallId.HEADER + ": " + request.id().text()
                + "\r\n" + ConversationHeader.NAME + ": " + conversation
                + (target.transport().gzip() ? "\r\nAccept-Encoding: gzip" : "")
                + (target.transport().keepsNothing() ? "\r\nConnection: close" : "")
                + "\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        byte[] head = text.getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[head.length + body.length];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(body, 0, bytes, head.length, body.length);
        return new Http1(bytes);
    }

    private static Http2 http2(Target target, ScheduledRequest request, byte[] body) {
        Http2Headers head = new DefaultHttp2Headers(false, 16)
                .method("POST")
                .scheme(target.secure() ? "https" : "http")
                .authority(target.authority())
                .path(target.base() + "/chat/completions")
                .set(HttpHeaderNames.USER_AGENT, "changeover")
                .set(HttpHeaderNames.AUTHORIZATION, "Bearer " + target.key().orElse(PLACEHOLDER_KEY))
                .set(HttpHeaderNames.ACCEPT, accepted(request))
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(CallId.HEADER, request.id().text())
                .set(ConversationHeader.NAME, ConversationHeader.encode(request.conversation()))
                .set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        if (target.transport().gzip()) {
            head.set(HttpHeaderNames.ACCEPT_ENCODING, "gzip");
        }
        return new Http2(head, body);
    }

    private static String accepted(ScheduledRequest request) {
        return request.stream() ? "text/event-stream" : "application/json";
    }
}
