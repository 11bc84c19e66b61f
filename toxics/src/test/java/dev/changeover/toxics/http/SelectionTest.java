package dev.changeover.toxics.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {

    @Test
    void theSameRequestIsAlwaysTreatedTheSame() {
        Selection half = new Selection(0.5);
        for (long request = 0; request < 1_000; request++) {
            assertThat(half.strikes(7, request, 1)).isEqualTo(half.strikes(7, request, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.2, 0.5, 0.99, 1})
    void aboutItsShareIsStruckInEveryWayOfCounting(double share) {
        Selection selection = new Selection(share);
        int n = 20_000;
        double fourSigma = 4 * Math.sqrt(share * (1 - share) / n);
        assertThat(share(n, i -> selection.strikes(1, i, 1))).isBetween(share - fourSigma, share + fourSigma);
        assertThat(share(n, i -> selection.strikes(i, 1, 1))).isBetween(share - fourSigma, share + fourSigma);
        assertThat(share(n, i -> selection.strikes(1, 1, (int) i))).isBetween(share - fourSigma, share + fourSigma);
    }

    @Test
    void aSecondAttemptIsDrawnAnew() {
        Selection half = new Selection(0.5);
        double again = share(20_000, i -> half.strikes(1, i, 1) == half.strikes(1, i, 2));
        assertThat(again).isBetween(0.48, 0.52);
    }

    @Test
    void aLargerShareStrikesAllThatASmallerOneDoes() {
        for (long request = 0; request < 1_000; request++) {
            if (new Selection(0.2).strikes(1, request, 1)) {
                assertThat(new Selection(0.4).strikes(1, request, 1)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aShareIsAShare(double share) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Selection(share))
                .withMessageContaining(Double.toString(share));
    }

    @Test
    void aStatusFaultIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpFault.Status(200, Map.of(), "{}"))
                .withMessageContaining("200");
    }

    private static double share(int n, LongPredicate struck) {
        return LongStream.range(0, n).filter(struck).count() / (double) n;
    }
}
