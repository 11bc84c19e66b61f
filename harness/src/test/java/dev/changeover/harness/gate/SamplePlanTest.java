package dev.changeover.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Rollback;
import dev.changeover.harness.scenario.Rollout.Decider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
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

    @Test
    void aGateOnTheCourseOfARunSaysWhatTheScenarioLacks() {
        Scenario scenario = Scenarios.direct()
                .max(Metric.HOPS, 0)
                .max(Metric.FALSE_GREEN, 0)
                .max(Metric.ALERT_DELAY, 60_000)
                .max(Metric.ROLLBACK_TIME, 10_000)
                .scenario();

        assertThat(SamplePlan.of(scenario, 10_000, MINUTE))
                .extracting(SamplePlan.Planned::why)
                .containsExactly(
                        "it needs a gateway",
                        "it needs a gateway with a health page",
                        "it needs a fault and alert rules",
                        "it needs a rollback");
    }

    @Test
    void aRolloutAndWhatARollbackMustBeAreGatesToo() {
        Scenario scenario = Scenarios.routing(Arm.OLD, Arm.NEW)
                .rollout(Decider.EVIDENCE, 0.1, 1)
                .rollback(30, new Rollback.Verify(Share.ALL, false, false, Duration.ofSeconds(10)))
                .scenario();

        assertThat(SamplePlan.of(scenario, 10_000, MINUTE))
                .extracting(planned -> planned.spec().id(), SamplePlan.Planned::settled)
                .containsExactly(tuple("rollout_share.min", true), tuple("rollback_time.max", true));
    }
}
