package dev.changeover.harness.redaction;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The shapes that are looked for everywhere: e-mail addresses, phone and card numbers, keys.
///
/// Every repetition that something must follow has a bound, and all are possessive where they can be, so that no text,
/// however hostile, makes a search take long.
final class SecretShapes {

    static final List<Mask> ALL = List.of(
            shape(
                    "-----BEGIN ",
                    "(?s)-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----.*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|\\z)"),
            shape("eyJ", "eyJ[\\w-]{4,512}+\\.[\\w-]{4,}+(?:\\.[\\w-]*+)?"),
            shape("", "(?i)\\bbearer\\s{1,3}[\\w.~+/=-]{12,}+"),
            shape(
                    "-",
                    "(?i)\\b(?:sk|pk|rk)-[\\w-]{8,}+|sk-[\\w-]{16,}+|\\bxai-[\\w-]{16,}+|\\bxox[abeoprs]-[\\w-]{10,}+"
                            + "|\\bglpat-[\\w-]{16,}+"),
            shape(
                    "_",
                    "(?:\\b|_)(?:gh[opsru]_\\w{16,}+|github_pat_\\w{16,}+|hf_\\w{16,}+|gsk_\\w{16,}+|r8_\\w{16,}+"
                            + "|[spr]k_(?:live|test)_\\w{10,}+)"),
            shape("A", "(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[\\w-]{35}"),
            shape(
                    "=",
                    "(?i)[?&][\\w.-]{0,40}?(?:sig|signature|token|key|secret|credential|password)[\\w.-]{0,40}?"
                            + "=[^&\\s\"'#]{4,}+"),
            shape(
                    "",
                    "(?i)\\b(?:api[_-]?key|access[_-]?token|auth[_-]?token|client[_-]?secret|secret[_-]?key|password"
                            + "|passwd)[\"']?\\s{0,3}[:=]\\s{0,3}[\"']?[^\\s\"',;*][^\\s\"',;]{5,}+"),
            shape("@", "[\\p{L}\\p{N}._%+-]{1,64}+@[\\p{L}\\p{N}-]{1,63}+(?:\\.[\\p{L}\\p{N}-]{1,63}+){1,8}+"),
            new CardNumbers(),
            shape("+", "\\+\\d(?:[ ()./-]{0,2}\\d){6,14}"),
            shape(
                    "",
                    "(?:\\(\\d{3}\\) ?|\\b\\d{3}[ .-])\\d{3}[ .-]\\d{4}\\b|\\b0\\d{1,4}[ /-]\\d{3,4}[ -]?\\d{3,4}\\b"
                            + "|\\b0\\d{2,4}[ /-]\\d{5,8}\\b"));

    private SecretShapes() {}

    /// @param needs a piece of text without which nothing can match
    private static Mask shape(String needs, String regex) {
        return new Shape(needs, Pattern.compile(regex));
    }

    private record Shape(String needs, Pattern pattern) implements Mask {

        @Override
        public void find(String text, BiConsumer<Integer, Integer> place) {
            if (!text.contains(needs)) {
                return;
            }
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                place.accept(matcher.start(), matcher.end());
            }
        }
    }
}
