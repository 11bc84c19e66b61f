package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.PhaseDecision;
import dev.changeover.harness.history.Event.RollbackStep;
import dev.changeover.harness.history.Event.RunEnded.End;
import dev.changeover.harness.history.Event.WeightStep;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.HistoryReader;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.units.Arm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whole rollouts through our own gateway, held by counts of requests so that they take seconds. A run is
/// stopped as
/// soon as what it is about has happened.
@Timeout(120)
class RolloutRunTest {

    /// Slow answers hardly count: who was never called is cold, and these answer in milliseconds.
    private static final String YAML = """
        scenario: moved
        about: Fifty requests a second.
        traffic: { trace: trace.jsonl, window: { from: 0s, length: 100s }, warm_up: 100ms }
        providers:
          old: { simulate: { profile: steady, ttft: { p50: 2ms, p99: 4ms }, tokens_per_second: 5000 } }
          new: { simulate: { profile: steady, ttft: { p50: 2ms, p99: 4ms }, tokens_per_second: 5000, errors: %s } }
        gateway: { reference: { route: [old, new] } }
        rollout: { weights: [30%%, 100%%], hold: 100 requests, tolerate: { slow: 100x } }
        %s
        objectives: { error_rate: 5%% }
        expect: { error_rate: { max: 1%% } }
        """;

    private static final String SCRIPT =
            "rollback: { script: { command: [sh, -c, 'echo back to {{weight.old}} at {{gateway.url}}'] } }";

    @TempDir
    Path folder;

    private final AtomicReference<Rehearsal> running = new AtomicReference<>();

    @BeforeEach
    void writeTrace() throws IOException {
        StringBuilder trace = new StringBuilder("{\"changeover_trace\":1,\"about\":\"Made up.\"}\n");
        for (int i = 0; i < 5_000; i++) {
            trace.append(
                    "{\"at_ms\":%d,\"model\":\"m\",\"conversation\":\"c%d\",\"input_tokens\":5,\"output_tokens\":3}%n"
                            .formatted(i * 20, i / 2));
        }
        Files.writeString(folder.resolve("trace.jsonl"), trace);
    }

    @Test
    void aHealthyCanaryEndsWithAllTheTraffic() throws Exception {
        History history = run("0%", "", this::standsAtAll);
        assertThat(history.change().phaseEnds())
                .as(() -> history.change().phaseEnds().toString())
                .extracting(Event.PhaseEnd::decision)
                .contains(PhaseDecision.PROMOTED)
                .doesNotContain(PhaseDecision.ROLLED_BACK);
        long inForce = history.change().weights().stream()
                .filter(weight -> weight.step() == WeightStep.IN_FORCE && weight.toNew() == 1)
                .findFirst()
                .orElseThrow()
                .atNanos();
        Set<Long> sentAfterwards = history.requests().stream()
                .filter(request -> request.timing().sentNanos() > inForce)
                .map(request -> request.id().number())
                .collect(Collectors.toSet());
        assertThat(history.ledger())
                .filteredOn(call -> call.id()
                        .filter(id -> sentAfterwards.contains(id.number()))
                        .isPresent())
                .isNotEmpty()
                .allMatch(call -> call.arm() == Arm.NEW);
        assertThat(history.gateway().health())
                .isNotEmpty()
                .allMatch(look -> look.status().isPresent() && look.atNanos() >= 0);
    }

    @Test
    void aBrokenCanaryIsTakenBackByTheUsersScript() throws Exception {
        assumeTrue(File.separatorChar == '/', "needs a shell");
        History history = run(
                "40%",
                SCRIPT,
                progress ->
                        progress.change().filter(Progress.Change::rollingBack).isPresent()
                                && Files.exists(folder.resolve("rollback.log"))
                                && progress.atSeconds() > 3);
        assertThat(history.change().rollback())
                .extracting(Event.Rollback::step)
                .containsExactly(RollbackStep.TRIGGERED, RollbackStep.SCRIPT_STARTED, RollbackStep.SCRIPT_SUCCEEDED);
        assertThat(history.change().phaseEnds())
                .extracting(Event.PhaseEnd::decision)
                .endsWith(PhaseDecision.ROLLED_BACK);
        assertThat(folder.resolve("rollback.log")).content().startsWith("back to 100 at http://127.0.0.1:");
    }

    private boolean standsAtAll(Progress progress) {
        return progress.change()
                .filter(change -> change.toNew().orElse(0) == 1)
                .filter(_ -> progress.servedBy().getOrDefault("new", 0L) > 50
                        && progress.servedBy().size() == 1)
                .isPresent();
    }

    private History run(String newErrors, String rollback, Predicate<Progress> enough) throws Exception {
        ScenarioParser.Parsed moved =
                ScenarioParser.parse(YAML.formatted(newErrors, rollback), "moved.yaml", folder, List.of());
        Path file = folder.resolve("history.jsonl");
        Plan plan = Plan.of(moved.scenario());
        Rehearsal rehearsal = new Rehearsal(moved, plan, _ -> Optional.empty(), file, progress -> {
            if (enough.test(progress)) {
                running.get().stop(End.COMPLETED, "");
            }
        });
        running.set(rehearsal);
        assertThat(rehearsal.run().end()).isEqualTo(End.COMPLETED);
        return HistoryReader.read(file);
    }
}
