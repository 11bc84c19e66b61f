package dev.changeover.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SamplePlanTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void saysHowManyRequestsEachGateTakes() {
        Scenario scenario = Scenarios.direct()
                .max(Metric.LATENCY_P99, 5_000)
                .max(Metric.ERROR_RATE, 0.01)
                .margin(Metric.LATENCY_P95, 0.15)
                .scenario();

        assertThat(SamplePlan.of(scenario, 500, MINUTE))
                .extracting(p -> p.requests().orElseThrow(), SamplePlan.Planned::settled)
                .containsExactly(tuple(299L, true), tuple(299L, true), tuple(1_018L, false));
    }

    @Test
    void onlyRequestsInsideAFaultCountForIt() {
        Scenario scenario = Scenarios.routing(Arm.OLD, Arm.NEW)
                .fault("region-outage", Arm.OLD)
                .max(Metric.ERROR_RATE_FAULT, 0.01)
                .scenario();

        assertThat(SamplePlan.of(scenario, 10_000, MINUTE).getFirst().requests())
                .isEqualTo(OptionalLong.of(299 * 6));
    }

    @Test
    void saysWhichGatesNoSampleSettles() {
        Scenario scenario = Scenarios.direct()
                .max(Metric.ERROR_RATE, 0)
                .min(Metric.AVAILABILITY, 1)
                .max(Metric.RECOVERY_TIME, 5_000)
                .max(Metric.ERROR_RATE_FAULT, 0.01)
                .scenario();

        assertThat(SamplePlan.of(scenario, 1_000_000, MINUTE))
                .allSatisfy(planned -> assertThat(planned.settled()).isFalse())
                .allSatisfy(planned -> assertThat(planned.requests()).isEmpty());
    }
}
