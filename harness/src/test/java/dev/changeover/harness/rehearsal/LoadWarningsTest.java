package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.replay.SchedulePlan;
import dev.changeover.harness.scenario.ScenarioException;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.scenario.Setting;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadWarningsTest {

    private static final Path FOLDER = Path.of("/library");

    private static final String SCENARIO = """
        scenario: load
        traffic: { trace: a.csv }
        providers: { old: { simulate: {} }, new: { simulate: {} } }
        gateway: { reference: { route: [old, new] } }
        expect: { lost: { max: 0 } }
        """;

    /// Two minutes of a request a second, 50 tokens in and 50 out each.
    private static final Plan STEADY = plan(120, 120, 119);

    private static Plan plan(long requests, long spanSeconds, long lastSeconds) {
        long nanos = 1_000_000_000;
        return new Plan(
                new SchedulePlan(
                        requests,
                        requests,
                        spanSeconds * nanos,
                        lastSeconds * nanos,
                        requests * 50,
                        requests * 50,
                        0,
                        0),
                "trace");
    }

    private static List<String> warnings(Plan plan, String... settings) {
        try {
            List<Setting> set = Arrays.stream(settings)
                    .map(text -> Setting.parse(text, FOLDER))
                    .toList();
            return plan.warnings(
                    ScenarioParser.parse(SCENARIO, "test.yaml", FOLDER, set).scenario());
        } catch (ScenarioException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void limitsAboveTheTraceAreNotMentioned() {
        assertThat(warnings(STEADY, "gateway.reference.limits={rpm: 60, tpm: 6000}"))
                .isEmpty();
    }

    @Test
    void limitsOfTheGatewayBelowTheTraceAreToldWithBothNumbers() {
        assertThat(warnings(STEADY, "gateway.reference.limits={rpm: 59, tpm: 5999}"))
                .containsExactly(
                        "gateway.reference.limits.rpm is 59 and the trace brings 60 requests a minute on average: "
                                + "what is over waits in the queue and is turned away",
                        "gateway.reference.limits.tpm is 5,999 and the trace brings 6,000 tokens a minute on average: "
                                + "what is over waits in the queue and is turned away");
    }

    @Test
    void limitsOfASimulatedProviderBelowTheTraceAreTold() {
        assertThat(warnings(STEADY, "providers.new.simulate.limits={rpm: 30, tpm: 9000}"))
                .containsExactly(
                        "providers.new.simulate.limits.rpm is 30 and the trace brings 60 requests a minute on average: "
                                + "it answers 429 when it gets all of them");
    }

    @Test
    void aRolloutThatTheTraceIsTooShortForIsTold() {
        assertThat(warnings(STEADY, "rollout={weights: [10%, 100%], hold: 90s}"))
                .containsExactly("the phases of the rollout end at 3m of trace time at the earliest, and the trace is "
                        + "over after 120 s (rollout.hold)");
        assertThat(warnings(STEADY, "rollout={weights: [10%, 100%], hold: 500 requests}"))
                .containsExactly("2 phases of 500 requests need 1,000, and the trace brings 120 (rollout.hold)");
        assertThat(warnings(STEADY, "rollout={weights: [10%, 100%], hold: 1m}")).isEmpty();
    }

    @Test
    void aWindowThatIsMostlySilentIsTold() {
        assertThat(warnings(plan(120, 120, 30)))
                .containsExactly("the last request is due after 30 s of 120 s: the window is longer than the trace");
    }
}
