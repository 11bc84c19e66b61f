package dev.changeover.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Usage;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.HttpFault.EmptyAnswer.Form;
import dev.changeover.toxics.http.HttpFault.RetryAfter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Faults that answer in the provider's place: it never hears of the call, and generates nothing.
@Timeout(60)
class InsteadFaultsTest {

    @Test
    void statusComesWithItsHeadersAndItsBodyNamesTheModel() throws Exception {
        HttpFault fault = status(404, "{\"error\":{\"message\":\"no {model}\"}}", Optional.empty());
        try (TapBench bench = TapBench.answering(Answers.STREAM, fault)) {
            assertThat(bench.answer(true))
                    .startsWith("HTTP/1.1 404 ")
                    .containsIgnoringCase("x-request-id: 17")
                    .containsIgnoringCase("content-type: application/json")
                    .endsWith("{\"error\":{\"message\":\"no m \\\"2\\\"\"}}");
            Event.UpstreamCall row = bench.row();
            assertThat(row.outcome()).isEqualTo(new Outcome.Failed(ErrorKind.NOT_FOUND));
            assertThat(row.faults()).isEqualTo(TapBench.strikes(0));
            assertThat(bench.provider.requests).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"SECONDS, 60", "DATE, 'Fri, 02 Oct 2026 07:29:01 GMT'"})
    void waitIsAskedForInSecondsOrAsADate(RetryAfter.Form form, String written) throws Exception {
        Optional<RetryAfter> wait = Optional.of(new RetryAfter(Duration.ofMinutes(1), form));
        try (TapBench bench = TapBench.answering(Answers.STREAM, status(429, "{}", wait))) {
            assertThat(bench.answer(true)).containsIgnoringCase("\r\nretry-after: " + written + "\r\n");
        }
    }

    @Test
    void errorMayLookWell() throws Exception {
        try (TapBench bench = TapBench.answering(
                Answers.WHOLE, status(200, "{\"error\":{\"message\":\"overloaded\"}}", Optional.empty()))) {
            assertThat(bench.answer(false))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("{\"error\":{\"message\":\"overloaded\"}}");
            assertThat(bench.row().outcome()).isInstanceOf(Outcome.Failed.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void everyEmptyAnswerIsOneStreamedAndWhole(Form form) throws Exception {
        for (boolean stream : new boolean[] {true, false}) {
            try (TapBench bench = TapBench.answering(Answers.STREAM, new HttpFault.EmptyAnswer(form))) {
                assertThat(bench.answer(stream)).startsWith("HTTP/1.1 200 ").contains(looksLike(form, stream));
                Event.UpstreamCall row = bench.row();
                assertThat(row.outcome()).isEqualTo(new Outcome.Failed(ErrorKind.EMPTY_ANSWER));
                assertThat(row.usage()).isEqualTo(Usage.UNKNOWN);
                assertThat(row.countedOutput()).isEmpty();
                assertThat(bench.provider.requests).isEmpty();
            }
        }
    }

    private static String[] looksLike(Form form, boolean stream) {
        String content = stream
                ? "\"delta\":{\"role\":\"assistant\",\"content\":"
                : "\"message\":{\"role\":\"assistant\",\"content\":";
        String end = stream ? "data: [DONE]" : "\"usage\":{\"prompt_tokens\":1,";
        return switch (form) {
            case EMPTY -> new String[] {content + "\"\"", "\"finish_reason\":\"stop\"", end};
            case NULL -> new String[] {content + "null", "\"finish_reason\":\"stop\"", end};
            case BLANK -> new String[] {"\"content\":\"\\n", "\"finish_reason\":\"stop\"", end};
            case NO_CHOICES -> new String[] {"\"choices\":[]", end};
            case NO_BODY -> new String[] {"content-length: 0\r\n"};
        };
    }

    private static HttpFault status(int status, String body, Optional<RetryAfter> wait) {
        return new HttpFault.Status(status, Map.of("X-Request-Id", "17"), wait, body, HttpFault.Calls.COMPLETIONS);
    }

    @Test
    void listOfModelsIsAnsweredOnlyByStatusesForAllCalls() throws Exception {
        for (HttpFault.Calls calls : HttpFault.Calls.values()) {
            HttpFault fault = new HttpFault.Status(401, Map.of(), Optional.empty(), "{}", calls);
            try (TapBench bench = TapBench.answering(Answers.whole("{\"data\":[]}"), fault);
                    RawClient client = bench.client()) {
                assertThat(client.get("/v1/models").readUntil("\r\n"))
                        .contains(calls == HttpFault.Calls.ALL ? " 401 " : " 200 ");
            }
        }
    }
}
