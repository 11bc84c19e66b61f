package dev.changeover.harness.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasksTest {

    private static final Masks MASKS = Masks.builtIn();

    /// What is secret stands between `<` and `>`.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "write to <ann.b+c@mail.example.org>, please",
                "<jörg@bücher.example>",
                "mailto:<a@b.co>?subject=x",
                "card <4111 1111 1111 1111> until 12/27",
                "<5500-0000-0000-0004>",
                "<378282246310005>",
                "order <4111111111111111> 17",
                "call <+49 151 2345 6789> or <(555) 123-4567>, <555-123-4567>",
                "mobil <0151 23456789>",
                "OPENAI <sk-proj-abcDEF123456_78-9>",
                "my_<sk-abcdefghijklmnop1234>",
                "<AKIAIOSFODNN7EXAMPLE> is a key id",
                "<ghp_abcdefghijklmnopqrst1234>",
                "<xoxb-123456789012-abcdef>",
                "jwt <eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-DEF_123>.",
                "Authorization: <Bearer abcdefghijkl123>",
                "<password=hunter2hunter2>",
                "{\"<api_key\": \"abcdef123456>\"}",
                "https://host/file<?X-Amz-Signature=abcdef0123456789>&part=1",
                "<-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY----->.",
                "<-----BEGIN PRIVATE KEY-----\nMIIE, cut off>"
            })
    void whatLooksLikeASecretIsMasked(String marked) {
        StringBuilder expected = new StringBuilder();
        boolean secret = false;
        for (char letter : marked.toCharArray()) {
            if (letter == '<' || letter == '>') {
                secret = letter == '<';
            } else {
                expected.append(secret ? '*' : letter);
            }
        }
        assertThat(MASKS.mask(marked.replaceAll("[<>]", ""))).isEqualTo(expected.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain words, nothing else",
                "4111 1111 1111 1112 has a wrong check digit",
                "2026-01-15T10:15:00 and 12:30",
                "version 1.2.3.4, at 50 %",
                "a @ b, @mention",
                "risk-averse people",
                "the bearer of news",
                "1234567890123456789012345678901234567890"
            })
    void whatDoesNotIsLeftAlone(String text) {
        assertThat(MASKS.mask(text)).isEqualTo(text);
    }

    @Test
    void aUsersPatternIsMaskedToo() {
        assertThat(MASKS.and("EMP-\\d+").mask("by EMP-12345 today")).isEqualTo("by ********* today");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "a*", "(?<=x)y", "[z-a]"})
    void aPatternThatCannotBeUsedIsRefused(String regex) {
        assertThatThrownBy(() -> MASKS.and(regex)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secretsThatAreKnownAreMaskedInAnyShape() {
        Masks masks = MASKS.andAll(List.of("my own credential", "short"));
        assertThat(masks.mask("<my own credential> is short")).isEqualTo("<*****************> is short");
    }

    /// In a pattern that backtracks, each of these takes longer than anybody waits.
    @Test
    @Timeout(30)
    void noTextMakesItTakeLong() {
        Masks masks = MASKS.and("(a+)+b").and("(x|x|xy)*z");
        for (String piece : List.of(
                "a",
                "x",
                "1",
                "1 ",
                "1-",
                "a.",
                "a@",
                "@a.",
                "+1 ",
                "?key",
                "sk-",
                "eyJa",
                "eyJaaaa.",
                "-----BEGIN PRIVATE KEY-----",
                "password=",
                "bearer  ",
                "ä",
                "(555) ")) {
            String text = piece.repeat(100_000 / piece.length());
            assertThat(masks.mask(text)).hasSameSizeAs(text);
        }
    }

    @Test
    void maskingTwiceIsMaskingOnce() {
        for (RandomTexts texts = new RandomTexts(1); texts.count() < 5_000; ) {
            String once = MASKS.mask(texts.next());
            assertThat(MASKS.mask(once)).isEqualTo(once);
        }
    }

    @Test
    void aTextKeepsItsLengthAndNeverTakesMoreBytes() {
        for (RandomTexts texts = new RandomTexts(2); texts.count() < 5_000; ) {
            String text = texts.next();
            String masked = MASKS.mask(text);
            assertThat(masked).hasSameSizeAs(text);
            assertThat(RandomTexts.bytes(masked)).isLessThanOrEqualTo(RandomTexts.bytes(text));
        }
    }
}
