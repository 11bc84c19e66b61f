package dev.changeover.harness.gateway.server;

import static dev.changeover.harness.gateway.server.GatewayFixture.NO_RETRY;
import static dev.changeover.harness.gateway.server.Texts.DONE;
import static dev.changeover.harness.gateway.server.Texts.FINISH;
import static dev.changeover.harness.gateway.server.Texts.ROLE;
import static dev.changeover.harness.gateway.server.Texts.answer;
import static dev.changeover.harness.gateway.server.Texts.content;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Gateway.Cache.Key;
import dev.changeover.harness.scenario.Gateway.HealthPage;
import dev.changeover.harness.scenario.Gateway.Trust;
import dev.changeover.harness.units.Arm;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What stands before the providers besides the route: limits, the cache, and the pages for those who watch.
@Timeout(60)
class GuardedGatewayTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private FakeProvider old;
    private FakeProvider fresh;

    @BeforeEach
    void startProviders() throws IOException {
        old = FakeProvider.start((connection, request) -> {
            if (request.body().contains("\"stream\":true")) {
                connection.sse(ROLE, content("from old"), FINISH, DONE);
            } else {
                connection.json(200, answer("from old"));
            }
        });
        fresh = FakeProvider.start((connection, _) -> connection.json(200, answer("from new")));
    }

    @AfterEach
    void closeProviders() throws IOException {
        old.close();
        fresh.close();
    }

    @Test
    void whatIsOverTheLimitIsToldWhenToComeBack() throws Exception {
        try (var gateway = limited(new Gateway.Limits(OptionalLong.of(2), OptionalLong.empty(), 0, HOUR))) {
            gateway.chat(1, false);
            gateway.chat(2, false);
            HttpResponse<String> third = gateway.chat(3, false);

            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.body()).contains("\"error\":{", "\"code\":\"rate_limit_exceeded\"");
            assertThat(third.headers().firstValueAsLong("retry-after").orElseThrow())
                    .isBetween(1L, 60L);
            assertThat(old.chats).hasSize(2);
        }
    }

    @Test
    void whatCanNeverFitIsRefusedForGood() throws Exception {
        try (var gateway = limited(new Gateway.Limits(OptionalLong.empty(), OptionalLong.of(100), 10, HOUR))) {
            HttpResponse<String> large = ask(gateway, "\"max_tokens\":99,");

            assertThat(large.statusCode()).isEqualTo(429);
            assertThat(large.body()).contains("may take 101 tokens, and the limit is 100 a minute");
            assertThat(large.headers().firstValue("retry-after")).isEmpty();
            assertThat(ask(gateway, "\"max_tokens\":98,").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void onePatientRequestIsTurnedAwayWhenItsPatienceEnds() throws Exception {
        var limits = new Gateway.Limits(OptionalLong.of(1), OptionalLong.empty(), 1, Duration.ofMillis(50));
        try (var gateway = limited(limits)) {
            gateway.chat(1, false);
            HttpResponse<String> second = gateway.chat(2, false);

            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(second.headers().firstValueAsLong("retry-after")).isPresent();
        }
    }

    @Test
    void aCallerThatGoesAwayLeavesTheQueue() throws Exception {
        try (var gateway = limited(new Gateway.Limits(OptionalLong.of(1), OptionalLong.empty(), 1, HOUR))) {
            gateway.chat(1, false);
            try (Socket leaver = new Socket("127.0.0.1", gateway.gateway.port())) {
                String body = Texts.request(2, false);
                OutputStream out = leaver.getOutputStream();
                out.write(("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: %d\r\n\r\n%s"
                                .formatted(body.length(), body))
                        .getBytes(StandardCharsets.UTF_8));
                out.flush();
                awaitMetric(gateway, "changeover_queue_length 1.0");
            }
            awaitMetric(gateway, "changeover_queue_length 0.0");
            assertThat(metrics(gateway))
                    .contains("changeover_requests_total{model=\"gpt-4.1\",status=\"cancelled\"} 1.0");
            assertThat(old.chats).hasSize(1);
        }
    }

    @Test
    void aQuestionAskedAgainIsAnsweredFromTheCacheWithoutATry() throws Exception {
        try (var gateway = caching(Key.EXACT, Trust.CONTENT)) {
            HttpResponse<String> first = gateway.chat(1, false);
            HttpResponse<String> second = gateway.chat(2, false);

            assertThat(first.headers().firstValue("x-changeover-cache")).isEmpty();
            assertThat(second.headers().firstValue("x-changeover-cache")).contains("hit");
            assertThat(second.body()).isEqualTo(first.body()).isEqualTo(answer("from old"));
            assertThat(second.headers().firstValue("content-type")).contains("application/json");
            assertThat(gateway.told()).containsExactly("old#1 served");
            assertThat(old.chats).hasSize(1);
        }
    }

    @Test
    void aStreamIsPlayedAgainAsAStream() throws Exception {
        try (var gateway = caching(Key.EXACT, Trust.CONTENT)) {
            HttpResponse<String> first = gateway.chat(1, true);
            HttpResponse<String> second = gateway.chat(2, true);

            assertThat(second.headers().firstValue("x-changeover-cache")).contains("hit");
            assertThat(second.headers().firstValue("content-type")).contains("text/event-stream");
            assertThat(second.body()).isEqualTo(first.body()).isEqualTo(ROLE + content("from old") + FINISH + DONE);
            assertThat(gateway.chat(3, false).body()).isEqualTo(answer("from old"));
            assertThat(old.chats).hasSize(2);
        }
    }

    @Test
    void anotherTemperatureIsAnotherQuestionOnlyWhereTheKeyIsExact() throws Exception {
        for (Key key : Key.values()) {
            try (var gateway = caching(key, Trust.CONTENT)) {
                ask(gateway, "\"temperature\":0,");
                HttpResponse<String> warm = ask(gateway, "\"temperature\":1,");

                assertThat(warm.headers().firstValue("x-changeover-cache").isPresent())
                        .isEqualTo(key == Key.MESSAGES);
            }
        }
    }

    @Test
    void errorsAndHalfAnswersAreNeverKept() throws Exception {
        try (var gateway = caching(Key.EXACT, Trust.CONTENT)) {
            old.behaviour = (connection, _) -> connection.json(400, Texts.error("no"));
            assertThat(gateway.chat(1, true).statusCode()).isEqualTo(400);
            old.behaviour = (connection, _) -> {
                connection.startSse();
                connection.chunk(content("half"));
                connection.end();
            };
            assertThat(gateway.chat(2, true).body()).contains("half");
            old.behaviour = (connection, _) -> connection.sse(content("whole"), DONE);

            assertThat(gateway.chat(3, true).body()).isEqualTo(content("whole") + DONE);
            assertThat(gateway.chat(4, true).headers().firstValue("x-changeover-cache"))
                    .contains("hit");
        }
    }

    @Test
    void anEmptyAnswerIsKeptByAGatewayThatTrustsStatus() throws Exception {
        old.behaviour = (connection, _) -> connection.json(200, Texts.EMPTY_ANSWER);
        for (Trust trust : Trust.values()) {
            try (var gateway = caching(Key.EXACT, trust)) {
                gateway.chat(1, false);

                assertThat(gateway.chat(2, false)
                                .headers()
                                .firstValue("x-changeover-cache")
                                .isPresent())
                        .isEqualTo(trust == Trust.STATUS);
            }
        }
    }

    @Test
    void theCacheCanBeEmptied() throws Exception {
        try (var gateway = caching(Key.EXACT, Trust.CONTENT)) {
            gateway.chat(1, false);
            var emptied = gateway.send(
                    HttpRequest.newBuilder(gateway.uri("/admin/cache")).DELETE());

            assertThat(emptied.body()).isEqualTo("{\"forgotten\":1}");
            gateway.chat(2, false);
            assertThat(old.chats).hasSize(2);
        }
    }

    @Test
    void aHealthPageThatLooksSaysWhenEveryBreakerIsOpen() throws Exception {
        old.behaviour = (connection, _) -> connection.json(500, Texts.error("boom"));
        for (HealthPage page : HealthPage.values()) {
            var breaker = new Gateway.Breaker(1, HOUR, 1);
            var config = config(
                    List.of(Arm.OLD),
                    Optional.of(breaker),
                    Optional.empty(),
                    Trust.CONTENT,
                    Optional.empty(),
                    Optional.empty(),
                    page);
            try (var gateway = new GatewayFixture(config, old, fresh)) {
                assertThat(health(gateway).statusCode()).isEqualTo(200);
                gateway.chat(1, false);

                assertThat(health(gateway).statusCode()).isEqualTo(page == HealthPage.LOOKS ? 503 : 200);
                assertThat(health(gateway).body())
                        .contains("\"old\":{\"breaker\":\"open\",\"health\":\"healthy\"}")
                        .contains(page == HealthPage.LOOKS ? "\"status\":\"unavailable\"" : "\"status\":\"ok\"");
            }
        }
    }

    @Test
    void aHealthPageThatLooksSaysWhenAllAreIllAlthoughTheyAreStillTried() throws Exception {
        old.probeStatus = 500;
        fresh.probeStatus = 500;
        var config = config(
                List.of(Arm.OLD, Arm.NEW),
                Optional.empty(),
                Optional.of(new Gateway.Health(Duration.ofMillis(50), Duration.ofSeconds(20))),
                Trust.CONTENT,
                Optional.empty(),
                Optional.empty(),
                HealthPage.LOOKS);
        try (var gateway = new GatewayFixture(config, old, fresh)) {
            awaitTransition(gateway);
            awaitTransition(gateway);
            assertThat(health(gateway).statusCode()).isEqualTo(503);
            assertThat(gateway.chat(1, false).statusCode()).isEqualTo(200);

            fresh.probeStatus = 200;
            awaitTransition(gateway);
            assertThat(health(gateway).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void metricsTellRequestsTriesTheCacheTheQueueAndBreakers() throws Exception {
        try (var gateway = caching(Key.EXACT, Trust.CONTENT)) {
            gateway.chat(1, false);
            gateway.chat(2, false);
            old.behaviour = (connection, _) -> connection.json(500, Texts.error("boom"));
            gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
                    .POST(HttpRequest.BodyPublishers.ofString(
                            Texts.request(3, false).replace("gpt-4.1", "a name made up"))));

            assertThat(metrics(gateway))
                    .contains(
                            "changeover_requests_total{model=\"gpt-4.1\",status=\"200\"} 2.0",
                            "changeover_requests_total{model=\"other\",status=\"500\"} 1.0",
                            "changeover_request_seconds_count{model=\"gpt-4.1\"} 2",
                            "changeover_upstream_tries_total{error=\"none\",provider=\"old\"} 1.0",
                            "changeover_upstream_tries_total{error=\"server_error\",provider=\"old\"} 1.0",
                            "changeover_cache_lookups_total{result=\"hit\"} 1.0",
                            "changeover_cache_lookups_total{result=\"miss\"} 2.0",
                            "changeover_queue_length 0.0",
                            "changeover_breaker_state{provider=\"old\",state=\"closed\"} 1.0")
                    .doesNotContain("made up");
        }
    }

    private GatewayFixture limited(Gateway.Limits limits) {
        return new GatewayFixture(
                config(
                        List.of(Arm.OLD),
                        Optional.empty(),
                        Optional.empty(),
                        Trust.CONTENT,
                        Optional.of(limits),
                        Optional.empty(),
                        HealthPage.LOOKS),
                old,
                fresh);
    }

    private GatewayFixture caching(Key key, Trust trust) {
        return new GatewayFixture(
                config(
                        List.of(Arm.OLD),
                        Optional.empty(),
                        Optional.empty(),
                        trust,
                        Optional.empty(),
                        Optional.of(new Gateway.Cache(HOUR, key)),
                        HealthPage.LOOKS),
                old,
                fresh);
    }

    private static Gateway.Reference config(
            List<Arm> route,
            Optional<Gateway.Breaker> breaker,
            Optional<Gateway.Health> health,
            Trust trust,
            Optional<Gateway.Limits> limits,
            Optional<Gateway.Cache> cache,
            HealthPage page) {
        return new Gateway.Reference(
                route,
                Optional.empty(),
                Map.of(),
                GatewayFixture.PATIENT,
                NO_RETRY,
                breaker,
                health,
                trust,
                limits,
                cache,
                page);
    }

    private static HttpResponse<String> ask(GatewayFixture gateway, String rest) throws Exception {
        return gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString("{" + rest
                        + "\"model\":\"gpt-4.1\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}")));
    }

    private static HttpResponse<String> health(GatewayFixture gateway) throws Exception {
        return gateway.send(HttpRequest.newBuilder(gateway.uri("/health")));
    }

    private static String metrics(GatewayFixture gateway) throws Exception {
        return gateway.send(HttpRequest.newBuilder(gateway.uri("/metrics"))).body();
    }

    /// Asks again until it says so; the test's own timeout ends it.
    private static void awaitMetric(GatewayFixture gateway, String line) throws Exception {
        while (!metrics(gateway).contains(line)) {
            Thread.onSpinWait();
        }
    }

    private static void awaitTransition(GatewayFixture gateway) throws InterruptedException {
        Event.Transition transition = gateway.transitions.poll(30, TimeUnit.SECONDS);
        assertThat(transition).isNotNull();
    }
}
