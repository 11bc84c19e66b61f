package dev.changeover.harness.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Puts a star in the place of every letter of what looks like a secret. Masking twice is masking once; a text keeps
/// its length.
public final class Masks {

    private static final int SHORTEST_SECRET = 8;
    private static final int MOST_PASSES = 8;

    private final List<Mask> masks;

    private Masks(List<Mask> masks) {
        this.masks = List.copyOf(masks);
    }

    /// The built-in shapes: e-mail addresses, phone and card numbers, keys.
    public static Masks builtIn() {
        return new Masks(SecretShapes.ALL);
    }

    /// @param regex in the syntax of RE2, which takes time in proportion to the text, whatever that holds
    /// @throws IllegalArgumentException when it is no regular expression, or matches the empty text
    public Masks and(String regex) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("is no regular expression of RE2: " + e.getDescription(), e);
        }
        if (pattern.matches("")) {
            throw new IllegalArgumentException("matches the empty text");
        }
        return plus((text, place) -> {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                place.accept(matcher.start(), matcher.end());
            }
        });
    }

    /// Masks these wherever they stand, in any shape; those shorter than eight letters are no secrets.
    public Masks andAll(List<String> secrets) {
        Masks all = this;
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST_SECRET) {
                all = all.plus((text, place) -> findAll(text, secret, place));
            }
        }
        return all;
    }

    private static void findAll(String text, String secret, BiConsumer<Integer, Integer> place) {
        for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length())) {
            place.accept(at, at + secret.length());
        }
    }

    private Masks plus(Mask mask) {
        List<Mask> more = new ArrayList<>();
        more.add(mask);
        more.addAll(masks);
        return new Masks(more);
    }

    /// The text with its secrets masked. One in which new ones keep appearing is masked whole.
    public String mask(String text) {
        String masked = text;
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            String before = masked;
            for (Mask mask : masks) {
                masked = apply(mask, masked);
            }
            if (masked.equals(before)) {
                return masked;
            }
        }
        return stars(text.length());
    }

    static String stars(int length) {
        return "*".repeat(length);
    }

    private static String apply(Mask mask, String text) {
        StringBuilder[] masked = new StringBuilder[1];
        mask.find(text, (start, end) -> {
            if (masked[0] == null) {
                masked[0] = new StringBuilder(text);
            }
            for (int at = start; at < end; at++) {
                masked[0].setCharAt(at, '*');
            }
        });
        return masked[0] == null ? text : masked[0].toString();
    }
}
