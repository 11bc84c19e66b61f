package dev.changeover.harness.provider;

import dev.changeover.harness.units.Hash;
import dev.changeover.harness.wire.ForcedTool;
import dev.changeover.harness.wire.Vocabulary;
import io.vertx.core.buffer.Buffer;
import tools.jackson.databind.json.JsonMapper;

/// A completion that calls a tool with one argument made of vocabulary words, a piece of the arguments for each token.
///
/// The first piece names the tool, and comes with the first token.
final class ToolCallCompletion implements Completion {

    private final CompletionFrame frame;
    private final ForcedTool tool;
    private final long words;
    private final int tokens;

    /// @param words picks them
    /// @param tokens pieces, 1 or more
    ToolCallCompletion(CompletionFrame frame, ForcedTool tool, long words, int tokens) {
        this.frame = frame;
        this.tool = tool;
        this.words = words;
        this.tokens = tokens;
    }

    @Override
    public Buffer opening() {
        return Buffer.buffer();
    }

    @Override
    public void appendToken(Buffer to, int number) {
        String piece = json(piece(number));
        if (number == 0) {
            to.appendBuffer(chunk("{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0," + identity()
                    + "\"arguments\":\"\"}}],\"refusal\":null}"));
        }
        to.appendBuffer(chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":" + piece + "}}]}"));
    }

    @Override
    public Buffer ending(int count, boolean withUsage) {
        return frame.ending(count, reason(), withUsage);
    }

    @Override
    public Buffer whole(int count) {
        StringBuilder arguments = new StringBuilder();
        for (int number = 0; number < count; number++) {
            arguments.append(piece(number));
        }
        return frame.whole(
                "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{" + identity()
                        + "\"arguments\":" + json(arguments.toString())
                        + "}}],\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"" + reason() + "\"}",
                count);
    }

    /// All pieces together are an object with one text.
    private String piece(int number) {
        String begin = number == 0 ? "{" + json(tool.argument()) + ":\"" : " ";
        String end = number == tokens - 1 ? "\"}" : "";
        int index = (int) Long.remainderUnsigned(Hash.mix(words, number), Vocabulary.size());
        return begin + Vocabulary.word(index) + end;
    }

    private String identity() {
        return "\"id\":\"call_%016x\",\"type\":\"function\",\"function\":{\"name\":%s,"
                .formatted(words, json(tool.name()));
    }

    /// As OpenAI has it: a tool that was named is no choice of the model's.
    private String reason() {
        return tool.named() ? "stop" : "tool_calls";
    }

    private Buffer chunk(String delta) {
        return frame.chunk("{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":null}");
    }

    private static String json(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }
}
