package dev.changeover.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.changeover.harness.units.Hash;
import dev.changeover.harness.wire.Vocabulary;
import io.vertx.core.buffer.Buffer;

/// A completion made of vocabulary words. The constant parts are made once.
final class TextCompletion implements Completion {

    private static final byte[][] FIRST = words("");
    private static final byte[][] LATER = words(" ");
    private static final byte[] AFTER_TOKEN = bytes("\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n");

    private final CompletionFrame frame;
    private final byte[] beforeToken;
    private final long words;
    private final String reason;

    /// @param words picks them
    TextCompletion(CompletionFrame frame, long words, String reason) {
        this.frame = frame;
        this.words = words;
        this.reason = reason;
        this.beforeToken = bytes(frame.eventHead() + "{\"index\":0,\"delta\":{\"content\":\"");
    }

    /// The role: whoever takes it for the first token measures nothing.
    @Override
    public Buffer opening() {
        return frame.chunk("{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},"
                + "\"logprobs\":null,\"finish_reason\":null}");
    }

    @Override
    public void appendToken(Buffer to, int number) {
        to.appendBytes(beforeToken).appendBytes(token(number)).appendBytes(AFTER_TOKEN);
    }

    @Override
    public Buffer ending(int tokens, boolean withUsage) {
        return frame.ending(tokens, reason, withUsage);
    }

    @Override
    public Buffer whole(int tokens) {
        Buffer whole =
                Buffer.buffer(frame.wholeHead() + "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"");
        for (int number = 0; number < tokens; number++) {
            whole.appendBytes(token(number));
        }
        return whole.appendString("\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"" + reason + "\"}"
                + frame.wholeEnd(tokens));
    }

    private byte[] token(int number) {
        int index = (int) Long.remainderUnsigned(Hash.mix(words, number), Vocabulary.size());
        return number == 0 ? FIRST[index] : LATER[index];
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
