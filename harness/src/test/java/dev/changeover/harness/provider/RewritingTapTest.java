package dev.changeover.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.dialect.Dialect;
import dev.changeover.harness.dialect.Dialects;
import dev.changeover.harness.dialect.Manner;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What vendors that refuse unknown parameters are sent, with and without being written anew.
@Timeout(60)
class RewritingTapTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        openai       | gpt-5-nano       | "max_tokens":9
        openai       | gpt-4o           | "max_tokens":9,"max_completion_tokens":9
        openai       | gpt-5            | "temperature":0.2
        openai       | gpt-4o           | "stream_options":{"include_usage":true}
        openai       | gpt-4o           | "top_k":4
        azure_openai | gpt-4o           | "top_k":4
        gemini       | gemini-2.5-flash | "seed":1,"frequency_penalty":0.1
        gemini       | gemini-2.5-flash | "logit_bias":{},"user":"ann"
        deepseek     | deepseek-chat    | "response_format":{"type":"json_schema"}
        anthropic    | claude-haiku-4-5 | "temperature":0.1,"top_p":0.5
        """)
    void whatAVendorRefusesIsServedOnceItIsWrittenAnew(String dialect, String model, String parameters)
            throws Exception {
        assertThat(outcome(dialect, model, parameters, false)).isEqualTo(new Outcome.Failed(ErrorKind.BAD_REQUEST));
        assertThat(outcome(dialect, model, parameters, true)).isEqualTo(Outcome.SERVED);
    }

    @Test
    void ledgerTellsOfTheRequestAsItWasAsked() throws Exception {
        String body = body("gpt-5", "\"max_tokens\":9,\"user\":\"changeover-q7/ann\"");
        try (Bench bench = new Bench("openai", true)) {
            bench.ask(body);

            Event.UpstreamCall row = bench.row();
            assertThat(row.id()).hasValue(new CallId(Purpose.REQUEST, 7));
            assertThat(row.question())
                    .hasValue(ChatRequest.parse(body.getBytes(StandardCharsets.UTF_8))
                            .questionHash());
            assertThat(bench.vendor.bodies.take())
                    .contains("\"max_completion_tokens\":9", "\"user\":\"ann\"")
                    .doesNotContain("max_tokens\":9,", "changeover-");
        }
    }

    @Test
    void usageIsAskedForAndItIsSaidHowOften() throws Exception {
        Bench bench = new Bench("openai", true);
        try (bench) {
            bench.ask(body("gpt-4o", "\"stream\":true"));
            assertThat(bench.row().usage().output()).hasValue(1);
            bench.ask(body("gpt-4o", "\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
            assertThat(bench.row().usage().output()).hasValue(1);
        }
        assertThat(bench.events.take())
                .isInstanceOfSatisfying(
                        Event.Warning.class,
                        warning -> assertThat(warning.text())
                                .isEqualTo(
                                        "new (openai): 'stream_options' of streams without it in 1 of 2 calls is added"
                                            + " as {\"include_usage\":true}: a stream tells what it is billed for only"
                                            + " when asked (recorded)"));
        assertThat(bench.events).isEmpty();
    }

    @Test
    void gatewayUnderTestHasToSeeToItItself() throws Exception {
        Bench bench = new Bench("openai", false);
        try (bench) {
            bench.ask(body("gpt-4o", "\"stream\":true"));

            assertThat(bench.row().usage().output()).isEmpty();
            assertThat(bench.vendor.bodies.take()).doesNotContain("stream_options");
        }
        assertThat(bench.events).isEmpty();
    }

    private static Outcome outcome(String dialect, String model, String parameters, boolean rewrites) throws Exception {
        try (Bench bench = new Bench(dialect, rewrites)) {
            bench.ask(body(model, parameters));
            return bench.row().outcome();
        }
    }

    private static String body(String model, String parameters) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"as JSON\"}]," + parameters
                + "}";
    }

    private static final class Bench implements AutoCloseable {
        final StrictVendor vendor;
        final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        private final Vertx vertx = Vertx.vertx();
        private final Tap tap;

        Bench(String word, boolean rewrites) {
            vendor = new StrictVendor(word);
            Dialect dialect = Dialects.all().stream()
                    .filter(d -> d.word().equals(word))
                    .findFirst()
                    .orElseThrow();
            Optional<String> version = dialect == Dialects.AZURE_OPENAI ? Optional.of("2024-10-21") : Optional.empty();
            Tap.Config config = new Tap.Config(
                    Arm.NEW,
                    vendor.address(),
                    Optional.of(StrictVendor.KEY),
                    7,
                    new Manner(dialect, false, version),
                    rewrites);
            tap = Tap.start(vertx, config, events::add, Ticker.since(System.nanoTime()));
        }

        void ask(String body) throws Exception {
            try (RawClient client = new RawClient(tap)) {
                client.post(body, "Authorization: Bearer changeover-placeholder\r\nConnection: close\r\n")
                        .readAll();
            }
        }

        Event.UpstreamCall row() throws InterruptedException {
            return (Event.UpstreamCall) events.poll(20, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            tap.close();
            vendor.close();
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
