package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.HistoryReader;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.scenario.Setting;
import dev.changeover.harness.trace.SharedData;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceWriter;
import dev.changeover.harness.trace.importer.LeftOut;
import dev.changeover.harness.trace.importer.Reading;
import dev.changeover.harness.trace.importer.Traces;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real recordings, from the folder that holds them to the history of a run of them.
@Timeout(180)
class RecordedTrafficRunTest {

    private static final String YAML = """
        scenario: recorded-traffic
        traffic: { trace: trace.jsonl.gz, warm_up: 500ms }
        providers: { old: { simulate: { profile: instant } } }
        gateway: { reference: { route: [old] } }
        expect: { lost: { max: 0 } }
        """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "azure_llm_2023, 0, 30s, 10x, 0",
        "mooncake, 0, 20s, 10x, 0",
        "cassettes, 25, 2s, 1x, 1",
        "langfuse_trace_exports, 25, 1s, 1x, 0",
        "recorded_interactions, 100, 3s, 1x, 0"
    })
    void everyRequestOfARecordingIsSentAndServed(
            String recording, double rate, String length, String speed, int withoutMessages) throws Exception {
        Reading reading = new Reading(LeftOut.counting(), rate == 0 ? OptionalDouble.empty() : OptionalDouble.of(rate));
        try (TraceReader requests = Traces.open(List.of(SharedData.file(recording)), Optional.empty(), reading)) {
            TraceWriter.copy(requests, folder.resolve("trace.jsonl.gz"), "A test.");
        }
        History history = run("traffic.window={length: %s}".formatted(length), "traffic.speed=" + speed);

        assertThat(history.requests()).hasSize(Math.toIntExact(history.started().planned()));
        assertThat(history.requests()).hasSizeGreaterThan(20);
        assertThat(history.requests().stream()
                        .filter(request -> !request.outcome().isServed()))
                .extracting(Event.Request::outcome)
                .as("a request whose list of messages is empty was refused when it was recorded too")
                .hasSize(withoutMessages)
                .allMatch(new Outcome.Failed(ErrorKind.BAD_REQUEST)::equals);
    }

    private History run(String... settings) throws Exception {
        List<Setting> set =
                Stream.of(settings).map(text -> Setting.parse(text, folder)).toList();
        ScenarioParser.Parsed parsed = ScenarioParser.parse(YAML, "recorded.yaml", folder, set);
        Path file = folder.resolve("history.jsonl");
        new Rehearsal(parsed, Plan.of(parsed.scenario()), _ -> Optional.empty(), file, _ -> {}).run();
        return HistoryReader.read(file);
    }
}
