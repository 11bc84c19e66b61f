package dev.changeover.harness.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    private static final Encoding O200K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    @Test
    void everyWordIsOneTokenAtTheStartAndAfterASpace() {
        for (int index = 0; index < Vocabulary.size(); index++) {
            String word = Vocabulary.word(index);
            assertThat(O200K.countTokensOrdinary(word)).as(word).isOne();
            assertThat(O200K.countTokensOrdinary(" " + word)).as(word).isOne();
            assertThat(word).matches("[a-z]+");
        }
    }

    @Test
    void wordsAreManyAndDistinct() {
        Set<String> words = new HashSet<>();
        for (int index = 0; index < Vocabulary.size(); index++) {
            words.add(Vocabulary.word(index));
        }
        assertThat(words).hasSize(Vocabulary.size()).hasSizeGreaterThan(500);
    }

    @Test
    void wordsAreCountedAsTheTokenizerCountsThem() {
        SplittableRandom random = new SplittableRandom(1);
        for (int text = 0; text < 300; text++) {
            int words = random.nextInt(1, 200);
            StringBuilder written = new StringBuilder(random.nextBoolean() ? " " : "");
            for (int word = 0; word < words; word++) {
                written.append(word == 0 ? "" : " ").append(Vocabulary.word(random.nextInt(Vocabulary.size())));
            }
            assertThat(Vocabulary.countWords(written)).isEqualTo(words);
            assertThat(Tokens.count(written)).isEqualTo(O200K.countTokensOrdinary(written.toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "  ",
                "\n",
                "above ",
                "  above",
                "above  above",
                "above\tabove",
                "above\u00a0above",
                "Above",
                "abov",
                "aboveabove",
                "above, above",
                "above above.",
                "übermorgen",
                "天気はどうですか",
                "🙂 above",
                "\ud800",
                "\0",
                "<|endoftext|>",
                "above <|im_start|> above"
            })
    void anyOtherTextIsLeftToTheTokenizer(String text) {
        assertThat(Vocabulary.countWords(text)).isEqualTo(-1);
        assertThat(Tokens.count(text)).isEqualTo(O200K.countTokensOrdinary(text));
    }

    @Test
    void wordsChangedInOneLetterAreStillCountedRight() {
        SplittableRandom random = new SplittableRandom(2);
        String letters = "abcdefghijklmnopqrstuvwxyz  ABC.,'1é\n";
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder("water between winter garden");
            text.setCharAt(random.nextInt(text.length()), letters.charAt(random.nextInt(letters.length())));
            assertThat(Tokens.count(text)).as("'%s'", text).isEqualTo(O200K.countTokensOrdinary(text.toString()));
        }
    }

    @Test
    void nothingHasNoTokens() {
        assertThat(Tokens.count("")).isZero();
    }

    @Test
    void textWithoutAnyBreakIsCounted() {
        String text = "ab".repeat(20_000);
        assertThat(Tokens.count(text)).isEqualTo(O200K.countTokensOrdinary(text));
    }
}
