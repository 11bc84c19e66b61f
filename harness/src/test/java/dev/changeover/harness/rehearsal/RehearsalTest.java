package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.RunEnded.End;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.HistoryReader;
import dev.changeover.harness.scenario.ScenarioException;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whole testbeds whose providers think for a minute, so that every call is under way when the run ends.
@Timeout(60)
class RehearsalTest {

    private static final String YAML = """
        scenario: slow
        about: Providers that think for a minute.
        traffic: { trace: trace.jsonl, window: { from: 0s, length: 60s }, warm_up: 100ms }
        providers:
          old: { simulate: { profile: steady, ttft: { p50: 60s, p99: 61s } } }
          new: { simulate: { profile: steady, ttft: { p50: 60s, p99: 61s } } }
        gateway: { reference: { route: [old, new] } }
        expect: { error_rate: { max: 1% } }
        """;

    @TempDir
    Path folder;

    private final AtomicReference<Rehearsal> running = new AtomicReference<>();

    @BeforeEach
    void writeTrace() throws IOException {
        StringBuilder trace = new StringBuilder("{\"changeover_trace\":1,\"about\":\"Made up.\"}\n");
        for (int i = 0; i < 4; i++) {
            trace.append("{\"at_ms\":%d,\"model\":\"m\",\"stream\":true,\"input_tokens\":5,\"output_tokens\":5}%n"
                    .formatted(i * 10));
        }
        Files.writeString(folder.resolve("trace.jsonl"), trace);
    }

    @Test
    void whatIsUnderWayAtTheEndIsWrittenDownBeforeIt() throws Exception {
        Event.RunEnded ended = rehearsal(this::stopOnceAllAreUnderWay).run();
        assertThat(ended.end()).isEqualTo(End.INTERRUPTED);
        assertThat(lines().getLast()).contains("run_ended");
        History history = HistoryReader.read(file());
        Set<Long> cancelled = Set.of(0L, 1L, 2L, 3L);
        assertThat(history.requests())
                .allMatch(request -> request.outcome() instanceof Outcome.Cancelled)
                .extracting(request -> request.id().number())
                .containsExactlyInAnyOrderElementsOf(cancelled);
        assertThat(history.ledger().stream()
                        .flatMap(call -> call.id().stream())
                        .filter(id -> id.purpose() == Purpose.REQUEST)
                        .map(id -> id.number())
                        .collect(Collectors.toSet()))
                .isEqualTo(cancelled);
        assertThat(history.attempts().stream()
                        .filter(attempt -> attempt.id().purpose() == Purpose.REQUEST)
                        .map(attempt -> attempt.id().number())
                        .collect(Collectors.toSet()))
                .isEqualTo(cancelled);
        assertThat(history.connections()).isNotEmpty();
    }

    @Test
    void aStopBeforeTheStartIsNotForgotten() throws Exception {
        Rehearsal rehearsal = rehearsal(_ -> {});
        rehearsal.stop(End.INTERRUPTED, "");
        assertThat(rehearsal.run().end()).isEqualTo(End.INTERRUPTED);
        assertThat(HistoryReader.read(file()).requests()).isEmpty();
    }

    @Test
    void aTraceThatBreaksInTheMiddleIsToldInTheHistory() throws Exception {
        Rehearsal rehearsal = rehearsal(_ -> {});
        Files.writeString(folder.resolve("trace.jsonl"), "{\"changeover_trace\":1,\"about\":\"Cut.\"}\n{\"at_ms\":");
        assertThatThrownBy(rehearsal::run).isInstanceOf(RuntimeException.class);
        assertThat(HistoryReader.read(file()).ended().orElseThrow().end()).isEqualTo(End.TESTBED_FAILED);
    }

    private void stopOnceAllAreUnderWay(Progress progress) {
        if (progress.atSeconds() > 1 && progress.inFlight() >= 4) {
            running.get().stop(End.INTERRUPTED, "");
        }
    }

    private Rehearsal rehearsal(Consumer<Progress> watcher) throws ScenarioException {
        ScenarioParser.Parsed parsed = ScenarioParser.parse(YAML, "slow.yaml", folder, List.of());
        Rehearsal rehearsal = new Rehearsal(parsed, Plan.of(parsed.scenario()), _ -> Optional.empty(), file(), watcher);
        running.set(rehearsal);
        return rehearsal;
    }

    private Path file() {
        return folder.resolve("history.jsonl");
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file());
    }
}
