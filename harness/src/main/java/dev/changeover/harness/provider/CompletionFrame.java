package dev.changeover.harness.provider;

import io.vertx.core.buffer.Buffer;
import tools.jackson.databind.json.JsonMapper;

/// What completions of one answer have in common: all of them but their choices.
final class CompletionFrame {

    private static final Buffer DONE = Buffer.buffer("data: [DONE]\n\n");
    private static final long EPOCH = 1_767_225_600;

    private final String head;
    private final long promptTokens;

    /// @param number picks its id
    CompletionFrame(String model, long number, long promptTokens) {
        this.promptTokens = promptTokens;
        this.head = "{\"id\":\"chatcmpl-%016x\",\"object\":\"%%s\",\"created\":%d,\"model\":%s,\"choices\":["
                .formatted(
                        number,
                        EPOCH,
                        JsonMapper.shared().writeValueAsString(model).replace("%", "%%"));
    }

    /// An event up to its choices.
    String eventHead() {
        return "data: " + head.formatted("chat.completion.chunk");
    }

    Buffer chunk(String choices) {
        return Buffer.buffer(eventHead() + choices + "]}\n\n");
    }

    /// The finish chunk and the end.
    Buffer ending(int tokens, String reason, boolean withUsage) {
        return chunk("{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"" + reason + "\"}")
                .appendBuffer(end(tokens, withUsage));
    }

    /// The usage chunk where it is wanted, and the end.
    Buffer end(int tokens, boolean withUsage) {
        Buffer end = Buffer.buffer();
        if (withUsage) {
            end.appendString(eventHead() + "]," + usage(tokens) + "}\n\n");
        }
        return end.appendBuffer(DONE);
    }

    Buffer whole(String choices, int tokens) {
        return Buffer.buffer(wholeHead() + choices + wholeEnd(tokens));
    }

    /// An answer that comes whole, up to its choices.
    String wholeHead() {
        return head.formatted("chat.completion");
    }

    String wholeEnd(int tokens) {
        return "]," + usage(tokens) + "}";
    }

    private String usage(int tokens) {
        return ("\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":0}}")
                .formatted(promptTokens, tokens, promptTokens + tokens);
    }
}
