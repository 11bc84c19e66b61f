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

class LiteLlmSpendTest {

    @TempDir
    Path folder;

    private final LeftOut leftOut = LeftOut.counting();

    @Test
    void rowsOfTheTableAsAJsonArray() {
        List<TraceRequest> requests = read("""
            [{"request_id":"1","call_type":"acompletion","api_key":"88dc28d0f0","startTime":"2026-03-01T10:00:00.000Z",
              "completionStartTime":"2026-03-01T10:00:00.400Z","endTime":"2026-03-01T10:00:02.000Z",
              "model":"openai/gpt-4.1-2025","model_group":"chat","prompt_tokens":374,"completion_tokens":44,
              "session_id":"s1","end_user":"jane@example.org","status":"success","metadata":{},"messages":{},
              "proxy_server_request":{"model":"chat","stream":true,"api_key":"sk-client","user":"jane@example.org",
                "messages":[{"role":"user","content":"Hi."}],"metadata":{"who":"jane"},"max_tokens":9}},
             {"request_id":"2","call_type":"aembedding","startTime":"2026-03-01T10:00:01.000Z","prompt_tokens":4},
             {"request_id":"3","call_type":"acompletion","startTime":"2026-03-01T10:00:01.000Z",
              "completionStartTime":"2026-03-01T10:00:01.200Z","endTime":"2026-03-01T10:00:01.200Z","model":"m",
              "prompt_tokens":5,"completion_tokens":2,"cache_hit":"True","metadata":{"status":"success"}},
             {"request_id":"4","call_type":"acompletion","startTime":"2026-03-01T10:00:02.000Z",
              "endTime":"2026-03-01T10:00:02.500Z","model":"m","prompt_tokens":6,"completion_tokens":0,
              "metadata":{"status":"failure","error_information":{"error_code":"429"}}}]
            """);
        assertThat(requests).extracting(TraceRequest::atNanos).containsExactly(0L, 1_000_000_000L, 2_000_000_000L);
        TraceRequest first = requests.getFirst();
        assertThat(first.model()).contains("chat");
        assertThat(first.conversation()).contains("s1");
        assertThat(new String(first.body().orElseThrow(), StandardCharsets.UTF_8))
                .isEqualTo("{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}],"
                        + "\"max_tokens\":9,\"stream\":true}");
        RecordedAnswer answer = first.answer().orElseThrow();
        assertThat(answer.firstTokenNanos()).hasValue(400_000_000);
        assertThat(answer.doneNanos()).hasValue(2_000_000_000);
        assertThat(requests.get(1).answer()).as("of LiteLLM's cache").isEmpty();
        assertThat(requests.get(2).answer().orElseThrow().status()).isEqualTo(429);
        assertThat(leftOut.text()).startsWith("1 row, no chat completion (").endsWith(":7)");
    }

    @Test
    void rowsOfTheTableAsCsv() {
        List<TraceRequest> requests = read("""
            request_id,call_type,api_key,spend,prompt_tokens,completion_tokens,startTime,endTime,metadata,model,messages
            1,acompletion,88dc28,0.1,374,44,2026-03-01 10:00:00.000,2026-03-01 10:00:02.000,"{""status"": ""success""}",\
            m,"[{""role"": ""user"", ""content"": ""Hi, there.""}]"
            2,acompletion,88dc28,0.1,396,109,2026-03-01 10:00:04.3149,2026-03-01 10:00:05,,m,{}
            """);
        assertThat(requests).extracting(TraceRequest::atNanos).containsExactly(0L, 4_314_900_000L);
        assertThat(requests.getFirst().body()).isPresent();
        assertThat(requests.getFirst().answer().orElseThrow().doneNanos()).hasValue(2_000_000_000);
        assertThat(requests.getLast().inputTokens()).hasValue(396);
        assertThat(requests.getLast().body()).isEmpty();
    }

    @Test
    void messagesThatWereCutOrTakenOutAreNotReplayed() {
        List<TraceRequest> requests = read("""
            {"request_id":"1","call_type":"completion","startTime":"2026-03-01T10:00:00Z","model":"m","prompt_tokens":9,\
            "messages":[{"role":"user","content":"Hi... (litellm_truncated 12982 chars)"}]}
            {"request_id":"2","call_type":"completion","startTime":"2026-03-01T10:00:00Z","model":"m","prompt_tokens":9,\
            "messages":"[{\\"role\\":\\"user\\",\\"content\\":\\"redacted-by-litellm\\"}]"}
            """);
        assertThat(requests).hasSize(2).allSatisfy(request -> {
            assertThat(request.body()).isEmpty();
            assertThat(request.inputTokens()).hasValue(9);
        });
    }

    @Test
    void messagesWithoutTheToolsThatWereCalledAreNotReplayed() {
        List<TraceRequest> requests = read("""
            {"request_id":"1","call_type":"completion","startTime":"2026-03-01T10:00:00Z","model":"m","prompt_tokens":9,\
            "messages":[{"role":"user","content":"Hi."}],\
            "response":{"choices":[{"message":{"tool_calls":[{"id":"c"}]}}]}}
            {"request_id":"2","call_type":"completion","startTime":"2026-03-01T10:00:00Z","model":"m","prompt_tokens":9,\
            "messages":[{"role":"user","content":"Hi."}],"response":{"choices":[{"message":{"tool_calls":null}}]}}
            """);
        assertThat(requests).extracting(request -> request.body().isPresent()).containsExactly(false, true);
    }

    private List<TraceRequest> read(String text) {
        List<TraceRequest> requests = new ArrayList<>();
        Path file = Written.text(folder, text);
        try (TraceReader reader = Traces.open(List.of(file), Optional.empty(), Reading.counting(leftOut))) {
            reader.forEachRemaining(requests::add);
        }
        return requests;
    }
}
