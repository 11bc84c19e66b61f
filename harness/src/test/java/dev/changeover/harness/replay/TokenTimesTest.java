package dev.changeover.harness.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event.Gaps;
import org.junit.jupiter.api.Test;

class TokenTimesTest {

    private final TokenTimes times = new TokenTimes();

    @Test
    void nothingHasNoTimesAndNoGaps() {
        times.arrived(0, 5);

        assertThat(times.any()).isFalse();
        assertThat(times.first()).isEmpty();
        assertThat(times.last()).isEmpty();
        assertThat(times.summary()).isEmpty();
    }

    @Test
    void oneChunkIsFirstAndLastAndHasNoGap() {
        times.arrived(1, 5);

        assertThat(times.first()).hasValue(5);
        assertThat(times.last()).hasValue(5);
        assertThat(times.summary()).isEmpty();
    }

    @Test
    void gapsAreSummarisedByNearestRank() {
        long at = 0;
        for (int gap = 0; gap <= 100; gap++) {
            at += gap;
            times.arrived(1, at);
        }

        assertThat(times.first()).hasValue(0);
        assertThat(times.last()).hasValue(5050);
        assertThat(times.summary()).contains(new Gaps(100, 50, 50, 95, 100));
    }

    @Test
    void chunksOfOneReadHaveNoGapBetweenThem() {
        times.arrived(1, 10);
        times.arrived(3, 40);

        assertThat(times.summary()).contains(new Gaps(3, 10, 0, 30, 30));
    }
}
