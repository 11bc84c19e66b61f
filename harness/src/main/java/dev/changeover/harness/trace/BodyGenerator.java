package dev.changeover.harness.trace;

import dev.changeover.harness.units.Hash;
import dev.changeover.harness.wire.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import tools.jackson.core.io.JsonStringEncoder;

/// Makes request bodies where a trace holds only token counts: plain words, exactly as many as tokens are asked for.
///
/// A body depends on nothing but the seed and the arguments. All bodies of a seed share the first words of their
/// system message; the rest differs from number to number, so that no provider's cache makes it cheap. Zero input
/// tokens make one user message with no text.
public final class BodyGenerator {

    private static final byte[][] SPACED_WORDS = spacedWords();
    private static final int FEWEST_FOR_SYSTEM = 16;
    private static final int MOST_FOR_SYSTEM = 32;
    private static final byte[] SYSTEM = bytes("{\"messages\":[{\"role\":\"system\",\"content\":\"");
    private static final byte[] USER_AFTER_SYSTEM = bytes("\"},{\"role\":\"user\",\"content\":\"");
    private static final byte[] USER = bytes("{\"messages\":[{\"role\":\"user\",\"content\":\"");
    private static final byte[] MODEL = bytes("\"}],\"model\":\"");
    private static final byte[] MAX_TOKENS = bytes("\",\"max_tokens\":");
    private static final byte[] STREAM = bytes(",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
    private static final byte[] NO_STREAM = bytes(",\"stream\":false}");

    /// Keeps the text of a block apart from that of a request of the same number.
    private static final long BLOCK = 0x626c6f636bL;

    private final long seed;

    public BodyGenerator(long seed) {
        this.seed = seed;
    }

    /// A chat completion whose message texts hold exactly `inputTokens` o200k tokens, each text counted by itself.
    ///
    /// @param number of the request, from 0
    /// @param inputTokens at least 0; 0 also where the trace does not say
    /// @param outputTokens becomes `max_tokens`, which is at least 1
    /// @throws IllegalArgumentException when a count is negative
    public byte[] body(long number, String model, boolean stream, int inputTokens, int outputTokens) {
        if (inputTokens < 0 || outputTokens < 0) {
            throw new IllegalArgumentException(
                    "token counts must be >= 0, got %d in and %d out".formatted(inputTokens, outputTokens));
        }
        int system = inputTokens < FEWEST_FOR_SYSTEM ? 0 : Math.min(MOST_FOR_SYSTEM, inputTokens / 4);
        ByteArrayOutputStream body = new ByteArrayOutputStream(256 + (int) Math.min(1 << 26, 7L * inputTokens));
        if (system > 0) {
            body.writeBytes(SYSTEM);
            words(body, new SplittableRandom(seed), system, true);
            body.writeBytes(USER_AFTER_SYSTEM);
        } else {
            body.writeBytes(USER);
        }
        words(body, new SplittableRandom(Hash.mix(seed, number)), inputTokens - system, true);
        end(body, model, stream, outputTokens);
        return body.toByteArray();
    }

    /// A chat completion whose prompt is made of these blocks, in one user message.
    ///
    /// @param inputTokens that the blocks hold
    /// @param outputTokens becomes `max_tokens`, which is at least 1
    public byte[] body(PromptBlocks blocks, String model, boolean stream, int inputTokens, int outputTokens) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(256 + (int) Math.min(1 << 26, 7L * inputTokens));
        body.writeBytes(USER);
        int left = inputTokens;
        for (long number : blocks.numbers()) {
            int tokens = Math.min(left, blocks.tokensEach());
            words(body, new SplittableRandom(Hash.mix(seed, BLOCK, number)), tokens, left == inputTokens);
            left -= tokens;
        }
        end(body, model, stream, outputTokens);
        return body.toByteArray();
    }

    private static void end(ByteArrayOutputStream body, String model, boolean stream, int outputTokens) {
        body.writeBytes(MODEL);
        body.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(model));
        body.writeBytes(MAX_TOKENS);
        body.writeBytes(bytes(Integer.toString(Math.max(1, outputTokens))));
        body.writeBytes(stream ? STREAM : NO_STREAM);
    }

    /// @param first whether no text comes before, so that the first word has no space before it
    private static void words(ByteArrayOutputStream body, SplittableRandom random, int count, boolean first) {
        for (int word = 0; word < count; word++) {
            byte[] spaced = SPACED_WORDS[random.nextInt(SPACED_WORDS.length)];
            int skipped = first && word == 0 ? 1 : 0;
            body.write(spaced, skipped, spaced.length - skipped);
        }
    }

    private static byte[][] spacedWords() {
        byte[][] words = new byte[Vocabulary.size()][];
        for (int index = 0; index < words.length; index++) {
            words[index] = bytes(" " + Vocabulary.word(index));
        }
        return words;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
