package dev.changeover.harness.replay;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;

/// Answers as they look on the wire.
final class Wire {

    static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    static final String ROLE =
            event("{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}");
    static final String HELLO = event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}");
    static final String WORLD = event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\" world\"}}]}");
    static final String STOP = event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
    static final String USAGE =
            event("{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"total_tokens\":11}}");
    static final String DONE = event("[DONE]");
    static final String END = "0\r\n\r\n";
    /// All of them, as they are without chunks.
    static final String EVENTS =
            (ROLE + HELLO + WORLD + STOP + USAGE + DONE).replaceAll("(?m)^[0-9a-f]+\\r\\n|\\r\\n", "");

    static final String STREAM = STREAM_HEAD + ROLE + HELLO + WORLD + STOP + USAGE + DONE + END;
    static final String JSON = json(
            200,
            "{\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"Hello world\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"total_tokens\":11}}");

    private Wire() {}

    static void answerStream(HttpServerRequest request) {
        request.response().putHeader("content-type", "text/event-stream").end(EVENTS);
    }

    static String json(int status, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, length, body);
    }

    private static String event(String data) {
        String event = "data: " + data + "\n\n";
        return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
    }
}
