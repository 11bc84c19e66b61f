package dev.changeover.harness.measurement;

import static dev.changeover.harness.measurement.MadeUp.SECOND;
import static dev.changeover.harness.measurement.MadeUp.failed;
import static dev.changeover.harness.measurement.MadeUp.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.units.Hash;
import dev.changeover.harness.wire.ErrorKind;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IncidentTest {

    private static final int EACH = 1_000;

    /// A call a minute for 300 minutes: fast, empty answers from 100 to 200, slow from 200 on.
    private static Stream<MeasuredCall> dayGoneWrong() {
        return IntStream.range(0, 300).mapToObj(minute -> {
            long at = minute * 60 * SECOND;
            if (minute >= 100 && minute < 200) {
                return failed(at, ErrorKind.EMPTY_ANSWER);
            }
            return served(at, minute < 100 ? 200 : 9_000, 50);
        });
    }

    @Test
    void whatWasWhenIsPlayedThenAndAsFastAsAsked() {
        Fit fit = MadeUp.played(60, dayGoneWrong());

        assertThat(at(fit, 50))
                .allMatch(drawn -> drawn.ttftNanos() == 200e6 && drawn.failure().isEmpty());
        assertThat(at(fit, 150)).allMatch(drawn -> drawn.failure().orElseThrow().kind() == ErrorKind.EMPTY_ANSWER);
        assertThat(at(fit, 250)).allMatch(drawn -> drawn.ttftNanos() == 9e9);
    }

    @Test
    void aChangeTakesAsLongAsTheNearestCallsReach() {
        Fit fit = MadeUp.played(60, dayGoneWrong());

        assertThat(at(fit, 88)).allMatch(drawn -> drawn.failure().isEmpty());
        assertThat(at(fit, 100).filter(drawn -> drawn.failure().isPresent()).count())
                .isBetween(EACH * 4L / 10, EACH * 6L / 10);
        assertThat(at(fit, 112)).allMatch(drawn -> drawn.failure().isPresent());
    }

    @Test
    void beforeTheRunItStandsAtItsBeginningAndAfterItsEndItStaysAsItEnded() {
        Fit fit = MadeUp.played(60, dayGoneWrong());

        assertThat(at(fit, -500)).allMatch(drawn -> drawn.ttftNanos() == 200e6);
        assertThat(at(fit, 5_000)).allMatch(drawn -> drawn.ttftNanos() == 9e9);
        assertThat(fit.incidentLength()).contains(Duration.ofSeconds(299));
    }

    @Test
    void drawnAtTheTimesOfItsCallsItIsTheMeasurementAgain() {
        assertThat(MadeUp.played(60, dayGoneWrong()).summary().ttft().distance())
                .isLessThan(0.05);
    }

    @Test
    void callsWithoutTimesCannotBePlayed() {
        assertThatThrownBy(() -> MadeUp.played(1, dayGoneWrong().map(MadeUp::withoutTime)))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("has calls without times, so what was when cannot be played");
    }

    /// @param seconds of the run
    private static Stream<Drawn> at(Fit fit, long seconds) {
        return LongStream.range(0, EACH).mapToObj(i -> fit.draw(Hash.mix(i), seconds * SECOND));
    }
}
