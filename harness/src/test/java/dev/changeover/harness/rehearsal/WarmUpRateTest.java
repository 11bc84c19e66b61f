package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.replay.SchedulePlan;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.ScenarioException;
import dev.changeover.harness.scenario.ScenarioParser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How fast warm-up requests come, beside a run of 4 requests a second.
class WarmUpRateTest {

    private static final int REQUESTS = 40;
    private static final long SPAN_NANOS = 10_000_000_000L;

    @Test
    void shortPromptsWarmFasterThanTheRun() throws ScenarioException {
        assertThat(plan(500).warmUpRate(scenario("simulate: {}"))).isEqualTo(50);
    }

    @Test
    void longPromptsLeaveNoBacklogAtT0() throws ScenarioException {
        assertThat(plan(10_000).warmUpRate(scenario("simulate: {}"))).isEqualTo(10);
        assertThat(plan(100_000).warmUpRate(scenario("simulate: {}"))).isEqualTo(4);
    }

    @Test
    void aRealProviderIsWarmedNoFasterThanTheRun() throws ScenarioException {
        assertThat(plan(500).warmUpRate(scenario("base_url: http://127.0.0.1:1/v1")))
                .isEqualTo(4);
    }

    private static Plan plan(long inputTokens) {
        return new Plan(
                new SchedulePlan(
                        REQUESTS, REQUESTS, SPAN_NANOS, SPAN_NANOS, REQUESTS * inputTokens, REQUESTS, 0, REQUESTS),
                "trace.jsonl");
    }

    private static Scenario scenario(String provider) throws ScenarioException {
        return ScenarioParser.parse("""
            scenario: warm
            traffic: { trace: a.csv }
            providers: { old: { simulate: {} }, new: { %s } }
            gateway: none
            expect: { error_rate: { max: 1%% } }
            """.formatted(provider), "test.yaml", Path.of("/library"), List.of())
                .scenario();
    }
}
