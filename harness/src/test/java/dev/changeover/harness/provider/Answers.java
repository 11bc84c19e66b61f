package dev.changeover.harness.provider;

/// Good answers as raw bytes.
public final class Answers {

    public static final String STREAM = stream(words("one")
            + words("two")
            + words("three")
            + "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
            + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3}}\n\n"
            + "data: [DONE]\n\n");

    public static final String WHOLE_BODY =
            "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"one two three\"},"
                    + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3}}";
    public static final String WHOLE = whole(WHOLE_BODY);

    public static final String TOOL_STREAM = stream("data:"
        + " {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]},\"finish_reason\":null}]}\n\n"
            + arguments("{\\\"city\\\":")
            + arguments("\\\"Oslo\\\"}")
            + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n"
            + "data: [DONE]\n\n");

    public static final String TOOL_WHOLE_BODY =
            "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,"
                    + "\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\","
                    + "\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}}]},\"finish_reason\":\"tool_calls\"}],"
                    + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":7}}";
    public static final String TOOL_WHOLE = whole(TOOL_WHOLE_BODY);

    private Answers() {}

    /// The answer ends with its connection.
    public static String stream(String events) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + events;
    }

    public static String whole(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    public static String words(String text) {
        return "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
    }

    public static String arguments(String piece) {
        return "data:"
            + " {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\""
                + piece + "\"}}]},\"finish_reason\":null}]}\n\n";
    }
}
