package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.changeover.harness.trace.RecordedAnswer;
import dev.changeover.harness.trace.SharedData;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.TraceWriter;
import dev.changeover.harness.trace.Written;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LangfuseTest {

    private static final String TRACE = """
        {"trace": {"id": "t1", "projectId": "p", "sessionId": "talk"}, "observations": [
          {"id": "o1", "traceId": "t1", "type": "SPAN", "startTime": "2026-03-01T10:00:00.000Z"},
          {"id": "o2", "traceId": "t1", "type": "GENERATION", "parentObservationId": "o1", "model": "m",
           "startTime": "2026-03-01T10:00:00.500Z", "completionStartTime": "2026-03-01T10:00:00.750Z",
           "endTime": "2026-03-01T10:00:02.000Z", "level": "DEFAULT", "statusMessage": null,
           "modelParameters": {"temperature": 0.5, "max_tokens": 100, "seed": "null", "top_p": -1, "stream": true},
           "usageDetails": {"input": 7, "input_cached_tokens": 3, "output": 5, "total": 15},
           "input": [{"role": "user", "content": "Hello."}], "output": {"role": "assistant", "content": "Hi."}},
          {"id": "o3", "traceId": "t1", "type": "EMBEDDING", "startTime": "2026-03-01T10:00:01.000Z"},
          {"id": "o4", "traceId": "t1", "type": "GENERATION", "parentObservationId": "o1", "model": "m",
           "startTime": "2026-03-01T10:00:03.500Z", "endTime": "2026-03-01T10:00:03.600Z", "level": "ERROR",
           "statusMessage": "RateLimitError: Error code: 429 - {'error': 'x'}", "input": {"messages":
           [{"role": "user", "content": "Again."}], "tools": []}}
        ]}
        """;

    @TempDir
    Path folder;

    private final LeftOut leftOut = LeftOut.counting();

    @Test
    void generationsOfATraceBecomeTheRequestsOfAConversation() {
        List<TraceRequest> requests = read(Written.text(folder, TRACE));
        assertThat(requests).extracting(TraceRequest::atNanos).containsExactly(0L, 3_000_000_000L);
        assertThat(requests).extracting(TraceRequest::conversation).containsOnly(Optional.of("talk"));
        TraceRequest first = requests.getFirst();
        assertThat(first.inputTokens()).hasValue(10);
        assertThat(first.stream()).contains(true);
        assertThat(body(first))
                .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello.\"}],"
                        + "\"temperature\":0.5,\"max_tokens\":100,\"stream\":true}");
        RecordedAnswer answer = first.answer().orElseThrow();
        assertThat(answer.firstTokenNanos()).hasValue(250_000_000);
        assertThat(answer.doneNanos()).hasValue(1_500_000_000);
        assertThat(answer.outputTokens()).hasValue(5);
        assertThat(requests.getLast().answer().orElseThrow().status()).isEqualTo(429);
        assertThat(leftOut.reasons())
                .extracting(LeftOut.Reason::why, LeftOut.Reason::first)
                .containsExactly(
                        tuple("a span", folder.resolve("trace") + ":2"),
                        tuple("an embedding", folder.resolve("trace") + ":9"));
    }

    @Test
    void observationsComeAsAPageOfTheApiAndAsLinesToo() {
        List<TraceRequest> page = read(Written.text(folder, """
            {"data":[{"id":"o","traceId":"t","type":"GENERATION","startTime":"2026-03-01T10:00:00Z","model":"m",
            "parentObservationId":null,"usage":{"input":4,"output":2}}],"meta":{"page":1}}
            """));
        assertThat(page).singleElement().satisfies(request -> {
            assertThat(request.inputTokens()).hasValue(4);
            assertThat(request.outputTokens()).hasValue(2);
            assertThat(request.conversation()).contains("t");
            assertThat(request.answer()).isEmpty();
        });
        List<TraceRequest> lines = read(Written.text(folder, """
            {"id":"a","trace_id":"t","parent_observation_id":"x","type":"GENERATION","start_time":"2026-03-01 10:00:00",\
            "end_time":"2026-03-01 10:00:01","provided_model_name":"m","usage_details":{"input":3,"output":1},\
            "input":"[{\\"role\\":\\"user\\",\\"content\\":\\"Hi.\\"}]"}
            torn
            {"id":"b","trace_id":"t","parent_observation_id":"x","type":"GENERATION","start_time":"2026-03-01 10:00:02",\
            "provided_model_name":"m","usage_details":{"input":3},"input":"user: Hi."}
            """));
        assertThat(lines).hasSize(2);
        assertThat(body(lines.getFirst())).contains("Hi.");
        assertThat(lines.getLast().body()).isEmpty();
        assertThat(leftOut.text()).isEqualTo("1 row, no JSON object (" + folder.resolve("trace") + ":2)");
    }

    @Test
    void aCallToldTwiceIsReplayedOnce() {
        List<TraceRequest> requests = read(Written.text(folder, """
            [{"id":"framework","traceId":"t","type":"GENERATION","startTime":"2026-03-01T10:00:00Z","model":"m",
              "parentObservationId":"agent","usageDetails":{"input":9}},
             {"id":"client","traceId":"t","type":"GENERATION","startTime":"2026-03-01T10:00:01Z","model":"m",
              "parentObservationId":"framework","usageDetails":{"input":4}}]
            """));
        assertThat(requests)
                .singleElement()
                .satisfies(request -> assertThat(request.inputTokens()).hasValue(4));
        assertThat(leftOut.text()).startsWith("1 row, a call that another one within it tells of too");
    }

    @Test
    void aRequestWhoseToolsNobodyToldOfIsNotWhole() {
        String call = """
            {"id":"%d","traceId":"t","type":"GENERATION","startTime":"2026-03-01T10:00:00Z","model":"m",
            "parentObservationId":null,"usageDetails":{"input":9},"input":%s,"output":%s}\
            """;
        String asked = "[{\"role\":\"user\",\"content\":\"Weather?\"}]";
        String withTools = "{\"messages\":%s,\"tools\":[]}".formatted(asked);
        String called = "{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[{\"id\":\"c\"}]}}]}";
        String part = "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"name\":\"weather\"}]}]";
        String reason = "{\"role\":\"assistant\",\"content\":[],\"finish_reason\":\"tool_calls\"}";
        String none = "{\"content\":\"Say \\\"tool_calls\\\".\",\"tool_calls\":[],\"function_call\":null}";
        List<TraceRequest> requests = read(Written.text(
                folder,
                "[" + call.formatted(1, asked, called)
                        + "," + call.formatted(2, asked, part)
                        + "," + call.formatted(3, asked, reason)
                        + "," + call.formatted(4, withTools, called)
                        + "," + call.formatted(5, asked, none)
                        + "]"));
        assertThat(requests)
                .extracting(request -> request.body().isPresent())
                .containsExactly(false, false, false, true, true);
    }

    @Test
    void theRealExportsOfThirteenFrameworksAreRead() {
        Path exports = SharedData.file("langfuse_trace_exports");
        List<TraceRequest> requests = read(exports);
        assertThat(requests).hasSize(23);
        assertThat(requests.stream().filter(request -> request.body().isPresent()))
                .as("the others' messages are in no form of an API, or their tools were not kept")
                .hasSize(4);
        assertThat(leftOut.reasons())
                .extracting(LeftOut.Reason::why)
                .containsExactlyInAnyOrder(
                        "a file in no known format",
                        "a span",
                        "an observation that is no generation",
                        "a call that another one within it tells of too",
                        "neither its messages nor how many tokens they have");
        Path trace = folder.resolve("copy.jsonl");
        TraceWriter.copy(requests.iterator(), trace, "Converted.");
        assertThat(Written.read(trace)).isEqualTo(requests);
    }

    private List<TraceRequest> read(Path... files) {
        List<TraceRequest> requests = new ArrayList<>();
        try (TraceReader reader = Traces.open(List.of(files), Optional.empty(), Reading.counting(leftOut))) {
            reader.forEachRemaining(requests::add);
        }
        return requests;
    }

    private static String body(TraceRequest request) {
        return new String(request.body().orElseThrow(), StandardCharsets.UTF_8);
    }
}
