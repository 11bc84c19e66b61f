package dev.changeover.harness.redaction;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// Texts of any Unicode, halves of surrogate pairs among it, and of pieces of secrets put together at random.
final class RandomTexts {

    private static final String[] PIECES = {
        "ann@example.org",
        "@",
        "4111 1111 1111 1111",
        "4111",
        " ",
        "-",
        "sk-",
        "abcdefgh12345678",
        "AKIA",
        ".",
        "eyJ",
        "+49",
        "151",
        "2345678",
        "Bearer ",
        "password",
        "=",
        "?token",
        "&",
        "\"",
        "\\",
        "\n",
        "\u0000",
        "日本語",
        "ü",
        "\uD83D\uDE00",
        "\uD83D",
        "\uDE00",
        "ghp_",
        "-----BEGIN PRIVATE KEY-----",
        "(555) ",
        "0",
        "<",
        "/",
        "word"
    };

    private final SplittableRandom random;
    private int count;

    RandomTexts(long seed) {
        random = new SplittableRandom(seed);
    }

    int count() {
        return count;
    }

    String next() {
        count++;
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(12); left > 0; left--) {
            switch (random.nextInt(4)) {
                case 0 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                case 1 -> text.append((char) random.nextInt(1 << 16));
                default -> text.append(PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
