package dev.changeover.toxics.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {

    @Test
    void theSameRequestIsAlwaysTreatedTheSame() {
        Selection half = Selection.ofShare(0.5);
        for (long request = 0; request < 1_000; request++) {
            assertThat(half.meets(7, call(request, 1))).isEqualTo(half.meets(7, call(request, 1)));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.2, 0.5, 0.99, 1})
    void aboutItsShareIsStruckInEveryWayOfCounting(double share) {
        Selection selection = Selection.ofShare(share);
        int n = 20_000;
        double fourSigma = 4 * Math.sqrt(share * (1 - share) / n);
        assertThat(share(n, i -> selection.meets(1, call(i, 1)))).isBetween(share - fourSigma, share + fourSigma);
        assertThat(share(n, i -> selection.meets(i, call(1, 1)))).isBetween(share - fourSigma, share + fourSigma);
        assertThat(share(n, i -> selection.meets(1, call(1, (int) i)))).isBetween(share - fourSigma, share + fourSigma);
    }

    @Test
    void aSecondAttemptIsDrawnAnew() {
        Selection half = Selection.ofShare(0.5);
        double again = share(20_000, i -> half.meets(1, call(i, 1)) == half.meets(1, call(i, 2)));
        assertThat(again).isBetween(0.48, 0.52);
    }

    @Test
    void aLargerShareStrikesAllThatASmallerOneDoes() {
        for (long request = 0; request < 1_000; request++) {
            if (Selection.ofShare(0.2).meets(1, call(request, 1))) {
                assertThat(Selection.ofShare(0.4).meets(1, call(request, 1))).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aShareIsAShare(double share) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Selection.ofShare(share))
                .withMessageContaining(Double.toString(share));
    }

    @Test
    void aStatusFaultIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpFault.Status(302, Map.of(), Optional.empty(), "{}", HttpFault.Calls.ALL))
                .withMessageContaining("200");
    }

    @Test
    void oneInSoManyRequestsIsStruckWithAllItsAttempts() {
        Selection everyThird = new Selection(1, 3, Optional.empty(), false, OptionalLong.empty());
        for (long request = 0; request < 300; request++) {
            boolean struck = everyThird.meets(7, call(request, 1));
            assertThat(everyThird.meets(7, call(request, 2))).isEqualTo(struck);
            assertThat(everyThird.meets(7, call(request + 3, 1))).isEqualTo(struck);
        }
        assertThat(share(300, i -> everyThird.meets(7, call(i, 1)))).isEqualTo(1 / 3.0);
    }

    @Test
    void aModelAndStreamsMayBeChosen() {
        Selection small = new Selection(1, 1, Optional.of("small"), true, OptionalLong.empty());
        assertThat(small.meets(7, new Selection.Call(1, 1, Optional.of("small"), true)))
                .isTrue();
        assertThat(small.meets(7, new Selection.Call(1, 1, Optional.of("small"), false)))
                .isFalse();
        assertThat(small.meets(7, new Selection.Call(1, 1, Optional.of("large"), true)))
                .isFalse();
        assertThat(small.meets(7, new Selection.Call(1, 1, Optional.empty(), true)))
                .isFalse();
    }

    @Test
    void nothingIsChosenByNought() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Selection(1, 0, Optional.empty(), false, OptionalLong.empty()))
                .withMessage("every must be >= 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Selection(1, 1, Optional.empty(), false, OptionalLong.of(0)))
                .withMessage("first must be >= 1, got 0");
    }

    private static Selection.Call call(long request, int attempt) {
        return new Selection.Call(request, attempt, Optional.empty(), false);
    }

    private static double share(int n, LongPredicate struck) {
        return LongStream.range(0, n).filter(struck).count() / (double) n;
    }
}
