package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.gate.Judge;
import dev.changeover.harness.gate.Judgement;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.HistoryReader;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.scenario.Setting;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs whose load is not the recorded one as it was, from the scenario to the reasons of the verdict.
@Timeout(120)
class LoadRunTest {

    private static final String YAML = """
        scenario: load
        traffic: { trace: trace.jsonl, warm_up: 200ms }
        providers: { old: { simulate: { profile: fast, ttft: { p50: 100ms, p99: 120ms } } } }
        gateway: { reference: { route: [old] } }
        expect: { lost: { max: 0 } }
        """;

    @TempDir
    Path folder;

    private Judgement judgement;

    @Test
    void aCallerWhoLeavesIsSeenToLeaveByTheProviderWithinASecond() throws Exception {
        History history = run(
                "{\"at_ms\":0,\"stream\":true,\"input_tokens\":5,\"output_tokens\":5,\"cancelled_ms\":700}\n",
                "providers.old.simulate.ttft={p50: 50s, p99: 55s}");

        Event.Request request = history.requests().getFirst();
        Event.UpstreamCall call = history.ledger().stream()
                .filter(row -> row.id().orElseThrow().purpose() == Purpose.REQUEST)
                .findFirst()
                .orElseThrow();
        assertThat(request.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(call.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(call.timing().doneNanos() - request.timing().doneNanos()).isBetween(-1_000_000L, 1_000_000_000L);
        assertThat(judgement.arms().get("gateway").errors()).isEmpty();
        assertThat(judgement.arms().get("gateway").cancelled()).isEqualTo(1);
    }

    @Test
    void callersMayBeToldToStay() throws Exception {
        History history = run(
                "{\"at_ms\":0,\"stream\":true,\"input_tokens\":5,\"output_tokens\":5,\"cancelled_ms\":1}\n",
                "traffic.cancel=false");

        assertThat(history.requests().getFirst().outcome()).isEqualTo(Outcome.SERVED);
    }

    @Test
    void whatWaitsForAPlaceIsToldAndIsNotLate() throws Exception {
        History history = run(arrivals(12), "traffic.max_in_flight=2");

        assertThat(history.requests()).hasSize(12).allMatch(r -> r.outcome().isServed());
        List<Event.Request> waited = history.requests().stream()
                .filter(r -> r.timing().releasedNanos().isPresent())
                .toList();
        assertThat(waited).hasSizeBetween(8, 12);
        assertThat(judgement.reasons())
                .anySatisfy(reason -> assertThat(reason)
                        .startsWith("%d of 12 requests waited in the caller's own queue".formatted(waited.size()))
                        .endsWith("0 of them were given up there and never sent."));
        assertThat(waited.getLast().timing().latenessNanos())
                .isLessThan(waited.getLast().timing().queuedNanos());
    }

    @Test
    void aClosedLoopIsToldAtTheHeadAndEndsWithItsRequests() throws Exception {
        History history = run(arrivals(12), "traffic.concurrency=3");

        assertThat(history.requests()).hasSize(12).allMatch(r -> r.outcome().isServed());
        assertThat(history.spanNanos()).isEqualTo(history.ended().orElseThrow().atNanos());
        assertThat(judgement.reasons().getFirst())
                .contains("The load followed the answers (a closed loop, 3 callers): latencies hide waiting");
    }

    @Test
    void aClosedLoopEndsWithItsWindowAndWhatWasNotSentIsNoGap() throws Exception {
        History history = run(arrivals(2_000), "traffic.concurrency=1", "traffic.window={length: 1s}");

        assertThat(history.requests()).isNotEmpty().hasSizeLessThan(100);
        assertThat(judgement.reasons()).anySatisfy(reason -> assertThat(reason).startsWith("The callers came to "));
        assertThat(judgement.validity().why()).noneMatch(why -> why.contains("have no ending"));
    }

    @Test
    void aSampleSaysOfHowMany() throws Exception {
        History history = run(arrivals(40), "traffic.sample=50%");

        int taken = history.requests().size();
        assertThat(taken).isBetween(5, 35);
        assertThat(history.started().arrived()).isEqualTo(40);
        assertThat(judgement.reasons())
                .contains("A sample was replayed: %d of the 40 requests in the window (traffic.sample)."
                        .formatted(taken));
    }

    private static String arrivals(int requests) {
        StringBuilder trace = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            trace.append("{\"at_ms\":%d,\"stream\":true,\"input_tokens\":5,\"output_tokens\":2}%n".formatted(i / 10));
        }
        return trace.toString();
    }

    private History run(String trace, String... settings) throws Exception {
        Files.writeString(folder.resolve("trace.jsonl"), "{\"changeover_trace\":1}\n" + trace);
        List<Setting> set =
                Stream.of(settings).map(text -> Setting.parse(text, folder)).toList();
        ScenarioParser.Parsed parsed = ScenarioParser.parse(YAML, "load.yaml", folder, set);
        Path file = folder.resolve("history.jsonl");
        new Rehearsal(parsed, Plan.of(parsed.scenario()), _ -> Optional.empty(), file, _ -> {}).run();
        History history = HistoryReader.read(file);
        judgement = Judge.judge(parsed.scenario(), history);
        return history;
    }
}
