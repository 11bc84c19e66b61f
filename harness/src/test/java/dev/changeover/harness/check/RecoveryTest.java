package dev.changeover.harness.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// Windows of a second with a hundred requests each; the numbers are the misses in each of them.
class RecoveryTest {

    private static final long SECOND = 1_000_000_000L;

    private static Recovery recovery(int... misses) {
        List<DueWindows.Window> windows = new ArrayList<>();
        for (int i = 0; i < misses.length; i++) {
            windows.add(new DueWindows.Window(i * SECOND, (i + 1) * SECOND, 100, misses[i]));
        }
        return Recovery.of(windows, 0, 0.01);
    }

    private static Recovery after(double millis) {
        return new Recovery(true, OptionalDouble.of(millis));
    }

    @Test
    void neverDegradedIsZero() {
        assertThat(recovery(0, 1, 0, 0)).isEqualTo(after(0));
    }

    @Test
    void theFirstWindowBackIsTheRecovery() {
        assertThat(recovery(100, 60, 0, 0)).isEqualTo(after(2_000));
    }

    @Test
    void aWindowThatTheObjectiveMakesPlausibleDoesNotBreakIt() {
        assertThat(recovery(100, 0, 3, 0)).isEqualTo(after(1_000));
    }

    @Test
    void aRelapseBreaksIt() {
        assertThat(recovery(100, 0, 20, 0)).isEqualTo(after(3_000));
    }

    @Test
    void neverBackIsEmpty() {
        assertThat(recovery(0, 0, 100, 100)).isEqualTo(new Recovery(true, OptionalDouble.empty()));
    }

    @Test
    void withoutALargeWindowItIsNotKnown() {
        assertThat(recovery()).isEqualTo(Recovery.UNKNOWN);
    }

    @Test
    void windowsHoldFiftyRequestsAndASecond() {
        DueWindows windows = new DueWindows(0);
        for (int i = 0; i < 130; i++) {
            windows.add(i * SECOND / 40, i < 3);
        }

        // fifty requests take 1.25 s here; the thirty that are left join the window before them
        assertThat(windows.until(130 * SECOND / 40))
                .containsExactly(
                        new DueWindows.Window(0, 50 * SECOND / 40, 50, 3),
                        new DueWindows.Window(50 * SECOND / 40, 130 * SECOND / 40, 80, 0));
    }

    @Test
    void tooFewRequestsMakeNoWindow() {
        DueWindows windows = new DueWindows(0);
        for (int i = 0; i < 49; i++) {
            windows.add(i * SECOND, false);
        }

        assertThat(windows.until(60 * SECOND)).isEmpty();
    }
}
