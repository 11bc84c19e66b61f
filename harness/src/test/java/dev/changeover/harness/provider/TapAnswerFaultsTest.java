package dev.changeover.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.toxics.catalog.Catalog;
import dev.changeover.toxics.http.HttpFault;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Faults that strike inside an answer, as a caller meets them and as the ledger tells them.
@Timeout(60)
class TapAnswerFaultsTest {

    private static final String STREAM_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
    private static final String STREAM =
            words("one") + words("two") + words("three") + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":"
                    + "\"stop\"}]}\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3}}"
                    + "\n\ndata: [DONE]\n\n";
    private static final String WHOLE =
            "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"one two three\"},"
                    + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3}}";
    private static final String WHOLE_ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + WHOLE.length() + "\r\n\r\n" + WHOLE;
    private static final Path RECORDED = Path.of("../../shared/data/cassettes");
    private static Vertx vertx;

    private final BlockingQueue<Event> rows = new LinkedBlockingQueue<>();

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void streamTurnsIntoAnErrorEvent() throws Exception {
        assertThat(answerUnder("mid-stream-error", "2", true))
                .contains("200 OK", "one", "two", "data: {\"error\":{", "0\r\n\r\n")
                .doesNotContain("three", "finish_reason", "[DONE]");
        assertBilled(new Outcome.Failed(ErrorKind.STREAM_ERROR), "mid-stream-error");
    }

    @Test
    void streamEndsCleanlyWithoutItsEnd() throws Exception {
        assertThat(answerUnder("unfinished-stream", "2", true))
                .contains("one", "two", "0\r\n\r\n")
                .doesNotContain("three", "finish_reason", "[DONE]");
        assertBilled(new Outcome.Failed(ErrorKind.TRUNCATED_STREAM), "unfinished-stream");
    }

    @Test
    void streamShorterThanToldIsStruckBeforeItsEnd() throws Exception {
        assertThat(answerUnder("unfinished-stream", "50", true))
                .contains("one", "two", "three", "0\r\n\r\n")
                .doesNotContain("finish_reason", "[DONE]");
    }

    @Test
    void streamIsCut() throws Exception {
        assertThat(answerUnder("mid-stream-cut", "2", true))
                .contains("one", "two")
                .doesNotContain("three", "0\r\n\r\n");
        assertBilled(new Outcome.Failed(ErrorKind.TRUNCATED_STREAM), "mid-stream-cut");
    }

    @Test
    void nothingOfAStreamPassesWhenNoChunkMay() throws Exception {
        assertThat(answerUnder("mid-stream-cut", "0", true)).contains("200 OK").doesNotContain("data:");
    }

    @Test
    void plainAnswerIsTheErrorInA200() throws Exception {
        assertThat(answerUnder("mid-stream-error", "2", false))
                .contains("200 OK", "{\"error\":{")
                .doesNotContain("one two");
        Event.UpstreamCall row = row();
        assertThat(row.outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(row.usage().output()).hasValue(3);
    }

    @Test
    void plainAnswerHasNoFinishReason() throws Exception {
        assertThat(answerUnder("unfinished-stream", "2", false))
                .contains("one two three")
                .doesNotContain("finish_reason");
        assertThat(row().usage().output()).hasValue(3);
    }

    @Test
    void plainAnswerIsCutShort() throws Exception {
        assertThat(answerUnder("mid-stream-cut", "2", false))
                .containsIgnoringCase("content-length: " + WHOLE.length())
                .endsWith(WHOLE.substring(0, WHOLE.length() / 2));
        Event.UpstreamCall row = row();
        assertThat(row.outcome()).isEqualTo(new Outcome.Failed(ErrorKind.TRUNCATED_STREAM));
        assertThat(row.usage().output()).hasValue(3);
    }

    @Test
    void stalledStreamGoesOnWhenTheFaultIsLifted() throws Exception {
        try (RawPeer provider = provider(true);
                Tap tap = tap(provider, "stalled-stream", Map.of("chunks", "2"));
                Socket client = ask(tap, true)) {
            assertThat(readUntil(client, "two")).doesNotContain("three");
            assertThat(rows).isEmpty();
            tap.lift(0);
            assertThat(readUntil(client, "0\r\n\r\n")).contains("three", "[DONE]");
            Event.UpstreamCall row = row();
            assertThat(row.outcome()).isEqualTo(Outcome.SERVED);
            assertThat(row.faults()).containsExactly(Event.Strike.of(0, "stalled-stream"));
        }
    }

    @Test
    void clientThatLeavesAStalledStreamIsStillBilled() throws Exception {
        try (RawPeer provider = provider(true);
                Tap tap = tap(provider, "stalled-stream", Map.of("chunks", "1"))) {
            try (Socket client = ask(tap, true)) {
                readUntil(client, "one");
            }
            assertBilled(Outcome.CANCELLED, "stalled-stream");
        }
    }

    @Test
    void stalledPlainAnswerComesWhenTheFaultIsLifted() throws Exception {
        try (RawPeer provider = provider(false);
                Tap tap = tap(provider, "stalled-stream", Map.of("chunks", "0"));
                Socket client = ask(tap, false)) {
            provider.requests.take();
            assertThat(client.getInputStream().available()).isZero();
            tap.lift(0);
            assertThat(readUntil(client, "}}")).contains("200 OK", "one two three");
            assertThat(row().outcome()).isEqualTo(Outcome.SERVED);
        }
    }

    @Test
    void slowProviderTakesTheCallUpAfterItsDelay() throws Exception {
        try (RawPeer provider = provider(true);
                Tap tap = tap(provider, "slow-first-token", Map.of("delay", "300ms"));
                Socket client = ask(tap, true)) {
            readUntil(client, "[DONE]");
            Event.UpstreamCall row = row();
            assertThat(row.outcome()).isEqualTo(Outcome.SERVED);
            assertThat(row.timing().firstByteNanos().getAsLong() - row.timing().dueNanos())
                    .isGreaterThanOrEqualTo(299_000_000);
        }
    }

    @Test
    void slowProviderIsSlowNoLongerWhenTheFaultIsLifted() throws Exception {
        try (RawPeer provider = provider(true);
                Tap tap = tap(provider, "slow-first-token", Map.of("delay", "1h"));
                Socket client = ask(tap, true)) {
            tap.lift(0);
            assertThat(readUntil(client, "[DONE]")).contains("three");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "key-revoked, 401, invalid_api_key",
        "quota-exhausted, 429, insufficient_quota",
        "model-removed, 404, model_not_found",
        "context-length, 400, context_length_exceeded"
    })
    void completionIsRefused(String fault, int status, String code) throws Exception {
        assertThat(answerUnder(fault, Map.of(), true))
                .contains(" " + status + " ", "\"code\":\"" + code + "\"")
                .doesNotContainIgnoringCase("retry-after")
                .doesNotContain("{model}");
        assertThat(row().status()).hasValue(status);
    }

    @Test
    void onlyTheKeyConcernsTheListOfModels() throws Exception {
        for (Map.Entry<String, String> expected : Map.of(
                        "key-revoked", " 401 ",
                        "quota-exhausted", " 200 ",
                        "model-removed", " 200 ",
                        "context-length", " 200 ")
                .entrySet()) {
            try (RawPeer provider = provider(true);
                    Tap tap = tap(provider, expected.getKey(), Map.of());
                    Socket client = new Socket("127.0.0.1", tap.port())) {
                RawPeer.say(client, "GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(readUntil(client, "\r\n")).as(expected.getKey()).contains(expected.getValue());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "key-revoked, crmne__ruby_llm/chat_error_handling_with_openai_gpt-5-nano_raises_appropriate_auth_error.yml",
        "model-removed, elastic__elastic-otel-python-instrumentations/test_chat_with_model_not_found.yaml",
        "context-length, crmne__ruby_llm/"
                + "chat_real_error_scenarios_openai_gpt-5-nano_handles_context_length_exceeded_errors.yml"
    })
    void refusalsAreShapedAsRecorded(String fault, String recording) throws Exception {
        Path file = RECORDED.resolve(recording);
        assumeTrue(Files.exists(file), "the recordings are not here");
        String recorded = Files.readString(file);
        String body = FaultAnswer.of(
                        (HttpFault.Instead) Catalog.find(fault)
                                .orElseThrow()
                                .effectOf(Map.of())
                                .http()
                                .orElseThrow()
                                .fault(),
                        new TapRequest(Optional.empty(), Optional.empty(), true, new byte[0]),
                        java.time.InstantSource.system())
                .body()
                .toString(UTF_8);
        for (String field : new String[] {"type", "code"}) {
            String value = body.replaceAll(".*\"" + field + "\":\"([^\"]*)\".*", "$1");
            assertThat(recorded).contains("\"" + field + "\": \"" + value + "\"");
        }
    }

    private void assertBilled(Outcome outcome, String fault) throws InterruptedException {
        Event.UpstreamCall row = row();
        assertThat(row.outcome()).isEqualTo(outcome);
        assertThat(row.faults()).containsExactly(Event.Strike.of(0, fault));
        assertThat(row.usage().output()).hasValue(3);
        assertThat(row.countedOutput()).as("by our own count").hasValue(4);
    }

    private String answerUnder(String fault, String chunks, boolean stream) throws Exception {
        return answerUnder(fault, Map.of("chunks", chunks), stream);
    }

    private String answerUnder(String fault, Map<String, String> parameters, boolean stream) throws Exception {
        try (RawPeer provider = provider(stream);
                Tap tap = tap(provider, fault, parameters);
                Socket client = ask(tap, stream)) {
            return readAll(client);
        }
    }

    private Event.UpstreamCall row() throws InterruptedException {
        return (Event.UpstreamCall) rows.take();
    }

    private Tap tap(RawPeer provider, String fault, Map<String, String> parameters) {
        URI upstream = provider.address();
        Tap tap = Tap.start(
                vertx,
                new Tap.Config(Arm.OLD, upstream, Optional.empty(), 7),
                rows::add,
                Ticker.since(System.nanoTime()));
        tap.inject(
                0,
                fault,
                Catalog.find(fault).orElseThrow().effectOf(parameters).http().orElseThrow());
        return tap;
    }

    /// Its answer comes in one piece: what is behind the place where a fault strikes has been generated by then.
    private static RawPeer provider(boolean stream) {
        return new RawPeer(socket -> RawPeer.say(socket, stream ? STREAM_HEAD + STREAM : WHOLE_ANSWER));
    }

    private static Socket ask(Tap tap, boolean stream) throws IOException {
        Socket socket = new Socket("127.0.0.1", tap.port());
        String body = "{\"model\":\"m \\\"2\\\"\",\"messages\":[{\"role\":\"user\",\"content\":\"count\"}],"
                + "\"stream\":" + stream + ",\"user\":\"changeover-q1\"}";
        RawPeer.say(
                socket,
                "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body);
        return socket;
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int letter = socket.getInputStream().read();
            if (letter < 0) {
                throw new IOException("ended before '" + end + "': " + text);
            }
            text.append((char) letter);
        }
        return text.toString();
    }

    private static String readAll(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            for (int letter = socket.getInputStream().read();
                    letter >= 0;
                    letter = socket.getInputStream().read()) {
                text.append((char) letter);
            }
        } catch (SocketException _) {
            return text.toString();
        }
        return text.toString();
    }

    private static String words(String text) {
        return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
    }
}
