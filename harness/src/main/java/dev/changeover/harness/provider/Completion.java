package dev.changeover.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.changeover.harness.units.Hash;
import dev.changeover.harness.wire.Vocabulary;
import io.vertx.core.buffer.Buffer;
import tools.jackson.databind.json.JsonMapper;

/// The bytes of one completion made of vocabulary words, whole or chunk by chunk. The constant parts are made once.
///
/// @param words picks them
final class Completion {

    private static final byte[][] FIRST = words("");
    private static final byte[][] LATER = words(" ");
    private static final byte[] AFTER_TOKEN = bytes("\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n");
    private static final Buffer DONE = Buffer.buffer("data: [DONE]\n\n");
    private static final long EPOCH = 1_767_225_600;

    private final String head;
    private final byte[] beforeToken;
    private final long words;
    private final long promptTokens;

    Completion(String model, long words, long promptTokens) {
        this.words = words;
        this.promptTokens = promptTokens;
        this.head = "{\"id\":\"chatcmpl-%016x\",\"object\":\"%%s\",\"created\":%d,\"model\":%s,"
                .formatted(
                        words,
                        EPOCH,
                        JsonMapper.shared().writeValueAsString(model).replace("%", "%%"));
        this.beforeToken = bytes("data: " + chunkHead() + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"");
    }

    Buffer role() {
        return Buffer.buffer("data: " + chunkHead()
                + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},"
                + "\"logprobs\":null,\"finish_reason\":null}]}\n\n");
    }

    void appendToken(Buffer to, int number) {
        to.appendBytes(beforeToken).appendBytes(token(number)).appendBytes(AFTER_TOKEN);
    }

    /// The finish chunk, the usage chunk where it is wanted, and the end.
    Buffer ending(int tokens, String reason, boolean withUsage) {
        Buffer ending = Buffer.buffer("data: " + chunkHead()
                + "\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"" + reason
                + "\"}]}\n\n");
        if (withUsage) {
            ending.appendString("data: " + chunkHead() + "\"choices\":[]," + usage(tokens) + "}\n\n");
        }
        return ending.appendBuffer(DONE);
    }

    /// The answer that comes whole.
    Buffer whole(int tokens, String reason) {
        Buffer whole = Buffer.buffer(head.formatted("chat.completion")
                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"");
        for (int number = 0; number < tokens; number++) {
            whole.appendBytes(token(number));
        }
        return whole.appendString(
                "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"" + reason + "\"}]," + usage(tokens) + "}");
    }

    private byte[] token(int number) {
        int index = (int) Long.remainderUnsigned(Hash.mix(words, number), Vocabulary.size());
        return number == 0 ? FIRST[index] : LATER[index];
    }

    private String chunkHead() {
        return head.formatted("chat.completion.chunk");
    }

    private String usage(int tokens) {
        return ("\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":0}}")
                .formatted(promptTokens, tokens, promptTokens + tokens);
    }

    private static byte[][] words(String before) {
        byte[][] words = new byte[Vocabulary.size()][];
        for (int index = 0; index < words.length; index++) {
            words[index] = bytes(before + Vocabulary.word(index));
        }
        return words;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
