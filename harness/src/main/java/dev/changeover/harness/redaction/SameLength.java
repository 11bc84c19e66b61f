package dev.changeover.harness.redaction;

import dev.changeover.harness.wire.Tokens;
import dev.changeover.harness.wire.Vocabulary;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Plain words in a text's place: of its length, and of as many o200k tokens where words can be that short or long.
///
/// Equal texts stay equal, and texts that begin alike begin alike afterwards, in blocks of 256 letters: so prompts keep
/// the prefixes that they share, which providers' caches live by. Nothing else of a text can be told from its words
/// without the key.
final class SameLength {

    private static final int BLOCK = 256;
    private static final byte[] NOTHING = {};
    private static final int LONGEST = 10;
    /// Shorter than those of the vocabulary, and one token each as they are.
    private static final List<String> SHORT = List.of(
            "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my", "no", "of", "on", "or", "so",
            "to", "up", "us", "we");

    /// The words of each length; of length one, the letters.
    private static final List<List<String>> WORDS =
            IntStream.rangeClosed(0, LONGEST).mapToObj(SameLength::wordsOf).toList();

    private final Keyed keyed;

    SameLength(Keyed keyed) {
        this.keyed = keyed;
    }

    /// A blank text stays as it is.
    String replace(String text) {
        if (text.isBlank()) {
            return text;
        }
        StringBuilder words = new StringBuilder(text.length());
        byte[] hash = NOTHING;
        for (int at = 0; at < text.length(); at += BLOCK) {
            String block = text.substring(at, Math.min(text.length(), at + BLOCK));
            hash = keyed.chained(hash, block);
            fill(words, new SplittableRandom(ByteBuffer.wrap(hash).getLong()), block.length(), Tokens.count(block));
        }
        return words.toString();
    }

    private static void fill(StringBuilder words, SplittableRandom random, int length, int tokens) {
        int leadingSpace = words.isEmpty() ? 0 : 1;
        int room = length + 1 - leadingSpace;
        int count = Math.clamp(tokens, (room + LONGEST) / (LONGEST + 1), Math.max(1, room / 2));
        int letters = room - count;
        if (letters < 1) {
            words.append("s".repeat(length));
            return;
        }
        for (int left = count; left > 0; left--) {
            int size = size(random, letters, left);
            if (!words.isEmpty()) {
                words.append(' ');
            }
            List<String> known = WORDS.get(size);
            words.append(known.get(random.nextInt(known.size())));
            letters -= size;
        }
    }

    /// Of one of `left` words that have so many letters together.
    private static int size(SplittableRandom random, int letters, int left) {
        int least = Math.max(1, letters - LONGEST * (left - 1));
        int most = Math.min(LONGEST, letters - (left - 1));
        int mean = letters / left;
        int spread = Math.max(1, mean / 2);
        return Math.clamp(mean + random.nextInt(-spread, spread + 1), least, most);
    }

    private static List<String> wordsOf(int length) {
        List<String> words = new ArrayList<>();
        if (length == 1) {
            IntStream.rangeClosed('a', 'z').mapToObj(Character::toString).forEach(words::add);
        }
        Stream.concat(SHORT.stream(), IntStream.range(0, Vocabulary.size()).mapToObj(Vocabulary::word))
                .filter(word -> word.length() == length)
                .forEach(words::add);
        return List.copyOf(words);
    }
}
