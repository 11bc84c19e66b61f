package dev.changeover.reports.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.reports.claims.Expression.Result;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionTest {

    private static final KnownValues NOTHING = KnownValues.before(Books.EMPTY.scenario());

    @ParameterizedTest
    @CsvSource({
        "1 + 2 * 3, 7",
        "(1 + 2) * 3, 9",
        "10 - 4 - 3, 3",
        "100 / 10 / 5, 2",
        "-2 * -3, 6",
        "2 - -2, 4",
        "--2, 2",
        "-(1 + 2), -3",
        "1k + 1M + 1B, 1001001000",
        "15%, 0.15",
        "0.1 + 0.2, 0.3",
        "1 / 3 * 3, 1",
        "2/3, about 0.666667",
        "1234567890123456, 1234567890123456",
        "0.1234567890123456, about 0.123457",
        "0.000001 / 1B, 0.000000000000001",
        "007, 7",
        "10M/1M, 10",
    })
    void valuesAreExactAndShownAsDecimals(String written, String value) throws ExpressionException {
        assertThat(ExpressionReader.read(written).evaluate(NOTHING))
                .isInstanceOfSatisfying(
                        Result.Value.class,
                        result -> assertThat(Decimals.of(result.value())).isEqualTo(value));
    }

    static Stream<Object[]> mistakes() {
        return Stream.of(new Object[][] {
            {"", 1, "it ends too soon", "a number, a name"},
            {"   ", 4, "it ends too soon", "a number, a name"},
            {"1 +", 4, "it ends too soon", "a number, a name"},
            {"10,000 * 2", 3, "unexpected ','", "without separators"},
            {"1_000", 2, "unexpected '_'", "suffixes"},
            {"(1 + 2", 1, "never closed", "add a )"},
            {"1 + 2)", 6, "unexpected ')'", "no ( is open"},
            {"2 3", 3, "unexpected '3'", "an operator"},
            {"1e6", 2, "unexpected 'e'", "k, M, B and %"},
            {"10MM", 4, "unexpected 'M'", "k, M, B and %"},
            {"1.", 3, "it ends too soon", "digits are expected"},
            {".5", 1, "unexpected '.'", "a number, a name"},
            {"1.2.3", 4, "unexpected '.'", "k, M, B and %"},
            {"10m", 3, "unexpected 'm'", "k, M, B and %"},
            {"2 * new.outptu", 5, "unknown name 'new.outptu'", "did you mean 'new.output'?"},
            {"price", 1, "unknown name 'price'", "known here: old.input"},
            {"2 × 3", 3, "unexpected '×'", "an operator"},
            {"5 USD", 3, "unexpected 'U'", "an operator"},
            {"(".repeat(51), 51, "nested deeper", "plainer"},
            {"-".repeat(51) + "1", 51, "nested deeper", "plainer"},
            {"1" + "+1".repeat(300), 501, "longer than 500", "two claims"},
        });
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsToldWithItsPlaceAndARemedy(String written, int at, String what, String remedy) {
        assertThatThrownBy(() -> ExpressionReader.read(written))
                .isInstanceOfSatisfying(ExpressionException.class, e -> {
                    assertThat(e).hasMessageContaining(what);
                    assertThat(e.at()).isEqualTo(at);
                    assertThat(e.remedy()).contains(remedy);
                });
    }

    @Test
    void everyNameCanBeReadAndSaysWhyItHasNoValue() throws ExpressionException {
        for (ClaimName name : ClaimName.values()) {
            assertThat(ExpressionReader.read(name.word()).evaluate(NOTHING))
                    .isInstanceOfSatisfying(
                            Result.Unknown.class,
                            unknown -> assertThat(unknown.why()).isNotBlank());
        }
    }

    @Test
    void aDivisionByZeroIsFoundWithItsPlaceEvenBesideWhatHasNoValue() throws ExpressionException {
        assertThat(ExpressionReader.read("old.monthly / (1 - 1)").evaluate(NOTHING))
                .isEqualTo(new Result.DividesByZero(13));
        assertThat(ExpressionReader.read("old.monthly + 1 / 0 * 2").evaluate(NOTHING))
                .isEqualTo(new Result.DividesByZero(17));
        assertThat(ExpressionReader.read("1 / old.monthly").evaluate(NOTHING)).isInstanceOf(Result.Unknown.class);
    }

    @Test
    void itIsWrittenBackAsItWasAndWithItsNumbers() throws ExpressionException {
        KnownValues known =
                KnownValues.before(Books.of("2", "8.00", "0.28", "0.42").scenario());
        Expression expression = ExpressionReader.read(" 10M*-(new.output+ 15%)/old.monthly ");

        assertThat(expression.written()).isEqualTo("10M * -(new.output + 15%) / old.monthly");
        assertThat(expression.filled(known)).isEqualTo("10000000 x -(0.42 + 0.15) / old.monthly");
    }
}
