package dev.changeover.harness.gateway.server;

/// Requests and answers as they stand on the wire.
final class Texts {

    static final String DONE = "data: [DONE]\n\n";
    static final String ROLE =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
    static final String FINISH = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    static final String EMPTY_ANSWER =
            "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null},\"finish_reason\":\"stop\"}]}";

    private Texts() {}

    static String content(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n".formatted(text);
    }

    static String answer(String text) {
        return "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}"
                .formatted(text);
    }

    static String error(String message) {
        return "{\"error\":{\"message\":\"%s\",\"type\":\"x\",\"code\":null}}".formatted(message);
    }

    static String request(long number, boolean stream) {
        return "{\"model\":\"gpt-4.1\",\"stream\":%s,\"user\":\"changeover-q%d\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"
                .formatted(stream, number);
    }
}
