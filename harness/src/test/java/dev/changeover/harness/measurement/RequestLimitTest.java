package dev.changeover.harness.measurement;

import static dev.changeover.harness.measurement.MadeUp.SECOND;
import static dev.changeover.harness.measurement.MadeUp.failed;
import static dev.changeover.harness.measurement.MadeUp.served;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.units.Hash;
import dev.changeover.harness.wire.ErrorKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

class RequestLimitTest {

    @Test
    void aLimitOverSlidingMinutesIsTold() {
        Deque<Long> passed = new ArrayDeque<>();
        Measurement measured = twentyMinutes(at -> {
            while (!passed.isEmpty() && at - passed.peek() >= 60 * SECOND) {
                passed.poll();
            }
            return passed.size() < 50 && passed.add(at);
        });

        assertThat(RequestLimit.of(measured)).isEqualTo(new RequestLimit.Told(50));
        Fit fit = Fit.of(MadeUp.drawn(measured.calls().stream()).profile(), measured);
        assertThat(fit.limits().requestsPerMinute()).hasValue(50);
        assertThat(fit.draw(1, 0).failure()).as("refusals come of the limit").isEmpty();
        assertThat(fit.summary().limit()).isEqualTo("50 requests a minute");
    }

    @Test
    void aLimitThatFillsSteadilyIsTold() {
        double[] level = {50};
        long[] last = {0};
        Measurement measured = twentyMinutes(at -> {
            level[0] = Math.min(50, level[0] + (at - last[0]) / 60e9 * 50);
            last[0] = at;
            boolean passes = level[0] >= 1;
            level[0] -= passes ? 1 : 0;
            return passes;
        });

        assertThat(RequestLimit.of(measured))
                .isInstanceOfSatisfying(
                        RequestLimit.Told.class,
                        told -> assertThat(told.requestsPerMinute()).isBetween(48, 52));
    }

    @Test
    void refusalsAtRandomAreNoLimit() {
        Measurement measured = twentyMinutes(at -> Hash.unit(Hash.mix(at, 9)) > 0.2);

        assertThat(RequestLimit.of(measured))
                .isEqualTo(new RequestLimit.Untold(
                        "calls were refused when fewer had passed in the minute before than at other times"));
        assertThat(MadeUp.drawn(measured.calls().stream()).summary().warnings())
                .anyMatch(warning -> warning.contains("they strike at random here"));
    }

    @Test
    void fewRefusalsAndCallsWithoutTimesTellNothing() {
        long[] count = {0};
        Measurement few = twentyMinutes(at -> at < 120 * SECOND || count[0]++ % 200 != 0);
        Measurement timeless = MadeUp.measurement(
                twentyMinutes(at -> at % 3 != 0).calls().stream().map(MadeUp::withoutTime));

        assertThat(RequestLimit.of(few))
                .isInstanceOfSatisfying(
                        RequestLimit.Untold.class,
                        untold -> assertThat(untold.why()).contains("and it takes 20"));
        assertThat(RequestLimit.of(timeless)).isEqualTo(new RequestLimit.Untold("the calls have no times"));
        assertThat(RequestLimit.of(twentyMinutes(_ -> true))).isEqualTo(new RequestLimit.NotMet());
    }

    /// Arrivals at random, about 100 a minute.
    private static Measurement twentyMinutes(LongPredicate passes) {
        List<MeasuredCall> calls = new ArrayList<>();
        double at = 0;
        for (int i = 0; at < 1_200; i++) {
            long nanos = (long) (at * 1e9);
            calls.add(passes.test(nanos) ? served(nanos, 300 + i % 40, 50) : failed(nanos, ErrorKind.RATE_LIMITED));
            at += -Math.log(1 - Hash.unit(Hash.mix(i, 4))) * 0.6;
        }
        return MadeUp.measurement(calls.stream());
    }
}
