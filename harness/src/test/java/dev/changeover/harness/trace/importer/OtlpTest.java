package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.trace.RecordedAnswer;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.Written;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtlpTest {

    @TempDir
    Path folder;

    private final LeftOut leftOut = LeftOut.counting();

    @Test
    void aSpanOfTodaysConventionsWithItsContent() {
        TraceRequest request = only(spans("""
            {"traceId":"a1","spanId":"b1","startTimeUnixNano":"1772359200000000000","endTimeUnixNano":"1772359202000000000",
             "attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
              {"key":"gen_ai.request.model","value":{"stringValue":"m"}},
              {"key":"gen_ai.request.temperature","value":{"doubleValue":0.5}},
              {"key":"gen_ai.request.max_tokens","value":{"intValue":"50"}},
              {"key":"gen_ai.request.stream","value":{"boolValue":true}},
              {"key":"gen_ai.response.time_to_first_chunk","value":{"doubleValue":0.25}},
              {"key":"gen_ai.conversation.id","value":{"stringValue":"talk"}},
              {"key":"gen_ai.usage.input_tokens","value":{"intValue":"374"}},
              {"key":"gen_ai.usage.output_tokens","value":{"intValue":44}},
              {"key":"gen_ai.response.finish_reasons","value":{"arrayValue":{"values":[{"stringValue":"stop"}]}}},
              {"key":"gen_ai.system_instructions","value":{"stringValue":"[{\\"type\\":\\"text\\",\\"content\\":\\"Be kind.\\"}]"}},
              {"key":"gen_ai.input.messages","value":{"arrayValue":{"values":[{"kvlistValue":{"values":[
                {"key":"role","value":{"stringValue":"user"}},
                {"key":"parts","value":{"arrayValue":{"values":[{"kvlistValue":{"values":[
                  {"key":"type","value":{"stringValue":"text"}},
                  {"key":"content","value":{"stringValue":"Hi."}}]}}]}}}]}}]}}}]}
            """));
        assertThat(request.conversation()).contains("talk");
        assertThat(request.inputTokens()).hasValue(374);
        assertThat(body(request))
                .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"Be kind.\"},"
                        + "{\"role\":\"user\",\"content\":\"Hi.\"}],\"temperature\":0.5,\"max_tokens\":50,"
                        + "\"stream\":true}");
        RecordedAnswer answer = request.answer().orElseThrow();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.firstTokenNanos()).hasValue(250_000_000);
        assertThat(answer.doneNanos()).hasValue(2_000_000_000);
        assertThat(answer.outputTokens()).hasValue(44);
        assertThat(answer.finishReason()).contains("stop");
    }

    @Test
    void spansOfOlderConventions() {
        TraceRequest event = only(spans("""
            {"traceId":"a1","spanId":"b1","startTimeUnixNano":1772359200000000000,
             "attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
              {"key":"gen_ai.response.model","value":{"stringValue":"m"}},
              {"key":"gen_ai.usage.prompt_tokens","value":{"intValue":"9"}},
              {"key":"gen_ai.usage.completion_tokens","value":{"intValue":"4"}}],
             "events":[{"name":"gen_ai.content.prompt","attributes":[{"key":"gen_ai.prompt","value":
              {"stringValue":"[{\\"role\\":\\"user\\",\\"content\\":\\"Hi.\\"}]"}}]}]}
            """));
        assertThat(event.outputTokens()).hasValue(4);
        assertThat(event.conversation()).contains("a1");
        assertThat(body(event)).contains("Hi.");
        assertThat(event.answer()).as("of a span that never ended").isEmpty();
        TraceRequest numbered = only(spans("""
            {"traceId":"a1","spanId":"b1","startTimeUnixNano":"1772359200000000000",
             "attributes":[{"key":"llm.request.type","value":{"stringValue":"chat"}},
              {"key":"gen_ai.request.model","value":{"stringValue":"m"}},
              {"key":"gen_ai.prompt.0.role","value":{"stringValue":"system"}},
              {"key":"gen_ai.prompt.0.content","value":{"stringValue":"Be kind."}},
              {"key":"gen_ai.prompt.1.role","value":{"stringValue":"user"}},
              {"key":"gen_ai.prompt.1.content","value":{"stringValue":"Hi."}}]}
            """));
        assertThat(body(numbered)).contains("Be kind.").contains("Hi.");
    }

    @Test
    void aRequestWhoseToolsNobodyToldOfIsNotWhole() {
        String model = "{\"key\":\"gen_ai.request.model\",\"value\":{\"stringValue\":\"m\"}},";
        String kept = "{\"key\":\"gen_ai.%s.messages\",\"value\":{\"stringValue\":\"%s\"}}";
        String asked = model + kept.formatted("input", "[{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"Hi.\\\"}]");
        String said = kept.formatted("output", "[{\\\"parts\\\":[{\\\"type\\\":\\\"text\\\"}]}]");
        String called = said.replace("\\\"text\\\"", "\\\"tool_call\\\"");
        assertThat(read(spans(chat("1", "", asked + "," + said), chat("2", "", asked + "," + called))))
                .extracting(request -> request.body().isPresent())
                .containsExactly(true, false);
    }

    @Test
    void failuresAreTheirStatusWhereItIsKnown() {
        List<TraceRequest> requests = read(spans(
                chat("1", "\"status\":{\"code\":2},", "{\"key\":\"error.type\",\"value\":{\"stringValue\":\"429\"}}"),
                chat("2", "", "{\"key\":\"error.type\",\"value\":{\"stringValue\":\"openai.APITimeoutError\"}}"),
                chat(
                        "3",
                        "\"status\":{\"code\":\"STATUS_CODE_ERROR\"},",
                        "{\"key\":\"http.response.status_code\"," + "\"value\":{\"intValue\":\"503\"}}")));
        assertThat(requests)
                .extracting(request -> request.answer().map(RecordedAnswer::status))
                .containsExactly(Optional.of(429), Optional.empty(), Optional.of(503));
    }

    @Test
    void otherSpansAreLeftOutAndACallToldTwiceIsReplayedOnce() {
        String line = spans(
                "{\"traceId\":\"a\",\"spanId\":\"http\",\"attributes\":[]}",
                "{\"traceId\":\"a\",\"spanId\":\"e\",\"attributes\":[{\"key\":\"gen_ai.operation.name\","
                        + "\"value\":{\"stringValue\":\"embeddings\"}}]}",
                chat("outer", "", "{}"),
                chat("inner", "\"parentSpanId\":\"outer\",", "{}"));
        assertThat(read(line)).hasSize(1);
        assertThat(leftOut.reasons())
                .extracting(LeftOut.Reason::why)
                .containsExactly(
                        "no span of a model", "no chat completion", "a call that another one within it tells of too");
    }

    @Test
    void aCollectorThatWasKilledLeavesATornLine() {
        String whole = spans(chat("1", "", "{}"));
        assertThat(read(whole + whole.substring(0, 60) + "\n" + whole)).hasSize(2);
        assertThat(leftOut.text()).isEqualTo("1 row, the rest of a line that is no JSON (" + place(2) + ")");
    }

    private String place(int line) {
        return folder.resolve("trace") + ":" + line;
    }

    private TraceRequest only(String text) {
        List<TraceRequest> requests = read(text);
        assertThat(requests).hasSize(1);
        assertThat(leftOut.rows()).isZero();
        return requests.getFirst();
    }

    private List<TraceRequest> read(String text) {
        List<TraceRequest> requests = new ArrayList<>();
        Path file = Written.text(folder, text);
        try (TraceReader reader = Traces.open(List.of(file), Optional.empty(), Reading.counting(leftOut))) {
            reader.forEachRemaining(requests::add);
        }
        return requests;
    }

    private static String chat(String id, String fields, String attribute) {
        return ("{\"traceId\":\"a\",\"spanId\":\"%s\",%s\"startTimeUnixNano\":\"1772359200000000000\","
                        + "\"endTimeUnixNano\":\"1772359201000000000\",\"attributes\":[{\"key\":"
                        + "\"gen_ai.operation.name\",\"value\":{\"stringValue\":\"chat\"}},{\"key\":"
                        + "\"gen_ai.usage.input_tokens\",\"value\":{\"intValue\":\"5\"}},%s]}")
                .formatted(id, fields, attribute);
    }

    /// A line of them.
    private static String spans(String... spans) {
        return "{\"resourceSpans\":[{\"resource\":{},\"scopeSpans\":[{\"scope\":{},\"spans\":[%s]}]}]}%n"
                .formatted(String.join(",", spans).replace("\n", " "));
    }

    private static String body(TraceRequest request) {
        return new String(request.body().orElseThrow(), StandardCharsets.UTF_8);
    }
}
