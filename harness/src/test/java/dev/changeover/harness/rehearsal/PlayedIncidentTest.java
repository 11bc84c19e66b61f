package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.HistoryReader;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.trace.SharedData;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A provider's brownout of January 2025, three hours of it in a whole rehearsal of 13.5 seconds, beside the same
/// provider when it was well.
@Timeout(180)
class PlayedIncidentTest {

    private static final String YAML = """
        scenario: brownout-again
        traffic: { trace: trace.jsonl, warm_up: 100ms }
        providers:
          old: { simulate: { profile: { from: "%s" }, ttft: { p50: 20ms, p99: 40ms } } }
          new:
            simulate:
              profile:
                from: "%s"
                window: { from: 69h, length: 3h }
                play: incident
                speed: 800x
              ttft: { p50: 20ms, p99: 40ms }
        gateway: none
        expect: { error_rate: { max: 1%% } }
        """;

    /// The outage began 1 h 47 min into the window and lasted for 70 minutes.
    private static final double BEGIN_SECONDS = 107 * 60 / 800.0;

    private static final double END_SECONDS = 177 * 60 / 800.0;

    @TempDir
    Path folder;

    @Test
    void theOutageIsThereWhereItWasAndNowhereElse() throws Exception {
        Path healthy = SharedData.file("deepseek_incident_2025/old_deepseek_performance.csv");
        Path incident = SharedData.file("deepseek_incident_2025/deepseek_performance_14-17_jan.csv");
        StringBuilder trace = new StringBuilder("{\"changeover_trace\":1,\"about\":\"Made up.\"}\n");
        for (int i = 0; i < 270; i++) {
            trace.append("{\"at_ms\":%d,\"model\":\"m\",\"stream\":true,\"input_tokens\":5,\"output_tokens\":3}%n"
                    .formatted(i * 50));
        }
        Files.writeString(folder.resolve("trace.jsonl"), trace);
        ScenarioParser.Parsed parsed =
                ScenarioParser.parse(YAML.formatted(healthy, incident), "b.yaml", folder, List.of());
        Path file = folder.resolve("history.jsonl");

        new Rehearsal(parsed, Plan.of(parsed.scenario()), _ -> Optional.empty(), file, _ -> {}).run();

        History history = HistoryReader.read(file);
        assertThat(history.started().evidence()).containsEntry("new", "simulated");
        assertThat(history.started().fitted().get("new").play()).isEqualTo("incident at 800x from 69h for 3h");
        assertThat(history.started().fitted().get("new").sha256()).hasSize(64);
        assertThat(failed(history, "old", 0, 20)).isZero();
        assertThat(failed(history, "new", 0, BEGIN_SECONDS - 3)).isLessThan(0.05);
        assertThat(failed(history, "new", BEGIN_SECONDS + 2, END_SECONDS - 2)).isGreaterThan(0.9);
        assertThat(history.requests())
                .filteredOn(request -> request.outcome() instanceof Outcome.Failed)
                .allMatch(request -> request.outcome().equals(new Outcome.Failed(ErrorKind.CONNECTION_RESET)));
    }

    private static double failed(History history, String arm, double fromSeconds, double toSeconds) {
        List<Event.Request> there = history.requests().stream()
                .filter(request -> request.arm().orElseThrow().word().equals(arm))
                .filter(request -> request.timing().dueNanos() >= fromSeconds * 1e9
                        && request.timing().dueNanos() < toSeconds * 1e9)
                .toList();
        assertThat(there).isNotEmpty();
        return there.stream().filter(request -> !request.outcome().isServed()).count() / (double) there.size();
    }
}
