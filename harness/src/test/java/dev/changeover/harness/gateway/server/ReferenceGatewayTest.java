package dev.changeover.harness.gateway.server;

import static dev.changeover.harness.gateway.server.GatewayFixture.NO_RETRY;
import static dev.changeover.harness.gateway.server.GatewayFixture.ONE_RETRY;
import static dev.changeover.harness.gateway.server.GatewayFixture.config;
import static dev.changeover.harness.gateway.server.Texts.DONE;
import static dev.changeover.harness.gateway.server.Texts.FINISH;
import static dev.changeover.harness.gateway.server.Texts.ROLE;
import static dev.changeover.harness.gateway.server.Texts.answer;
import static dev.changeover.harness.gateway.server.Texts.content;
import static dev.changeover.harness.scenario.Gateway.Trust.CONTENT;
import static dev.changeover.harness.scenario.Gateway.Trust.STATUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Arm;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReferenceGatewayTest {

    private static final Deadlines SHORT =
            new Deadlines(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(30));

    private FakeProvider old;
    private FakeProvider fresh;

    @BeforeEach
    void startProviders() throws IOException {
        old = FakeProvider.start((connection, _) -> connection.json(200, answer("from old")));
        fresh = FakeProvider.start((connection, request) -> {
            if (request.body().contains("\"stream\":true")) {
                connection.sse(ROLE, content("from new"), FINISH, DONE);
            } else {
                connection.json(200, answer("from new"));
            }
        });
    }

    @AfterEach
    void closeProviders() throws IOException {
        old.close();
        fresh.close();
    }

    @Test
    void passesAPlainAnswerOnWithTheModelsNameOfTheProvider() throws Exception {
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            var answer = gateway.chat(1, false);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(answer("from old"));
            assertThat(old.chats).singleElement().satisfies(request -> {
                assertThat(request.body()).contains("\"model\":\"old-model\"", "\"user\":\"changeover-q1\"");
                assertThat(request.header("authorization")).contains("Bearer changeover-placeholder");
                assertThat(request.header("x-changeover-id")).contains("changeover-q1");
            });
            assertThat(gateway.told()).containsExactly("old#1 served");
        }
    }

    @Test
    void passesAStreamOnByteForByte() throws Exception {
        old.behaviour = (connection, _) -> connection.sse(ROLE, content("a"), content("b"), FINISH, DONE);
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            var answer = gateway.chat(1, true);
            assertThat(answer.body()).isEqualTo(ROLE + content("a") + content("b") + FINISH + DONE);
            assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
            assertThat(gateway.told()).containsExactly("old#1 served");
        }
    }

    @Test
    void passesContentOnBeforeTheStreamEnds() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        old.behaviour = (connection, _) -> {
            connection.startSse();
            connection.chunk(ROLE + content("first"));
            assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
            connection.chunk(FINISH + DONE);
            connection.endChunks();
        };
        try (var gateway = new GatewayFixture(config(NO_RETRY, CONTENT), old, fresh);
                Socket caller = callRaw(gateway)) {
            readUntil(caller, "first");
            seen.countDown();
            assertThat(readUntil(caller, "[DONE]")).contains("stop");
        }
    }

    @Test
    void fallsOverWhenTheStreamEndsBeforeAnyContent() throws Exception {
        old.behaviour = (connection, _) -> connection.sse(ROLE);
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            assertThat(gateway.chat(1, true).body()).isEqualTo(ROLE + content("from new") + FINISH + DONE);
            assertThat(gateway.told()).containsExactly("old#1 truncated_stream", "new#2 served");
        }
    }

    @Test
    void fallsOverWhenAnErrorEventComesBeforeAnyContent() throws Exception {
        old.behaviour = (connection, _) -> connection.sse(ROLE, "data: " + Texts.error("boom") + "\n\n", DONE);
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            assertThat(gateway.chat(1, true).body()).isEqualTo(ROLE + content("from new") + FINISH + DONE);
            assertThat(gateway.told()).containsExactly("old#1 stream_error", "new#2 served");
        }
    }

    @Test
    void aCutAfterContentEndsInAnHonestErrorAndNoSecondAnswer() throws Exception {
        old.behaviour = (connection, _) -> {
            connection.startSse();
            connection.chunk(ROLE + content("half"));
            connection.end();
        };
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            String body = gateway.chat(1, true).body();
            assertThat(body)
                    .startsWith(ROLE + content("half") + "data: {\"error\":")
                    .doesNotContain("[DONE]");
            assertThat(fresh.chats).isEmpty();
            assertThat(gateway.told()).containsExactly("old#1 truncated_stream");
        }
    }

    @Test
    void aCutInsideAnEventLeavesNoHalfEventBehind() throws Exception {
        old.behaviour = (connection, _) -> {
            connection.startSse();
            connection.chunk(content("whole") + "data: {\"choi");
            connection.end();
        };
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            assertThat(gateway.chat(1, true).body()).startsWith(content("whole") + "data: {\"error\":");
        }
    }

    @Test
    void aCleanEndWithoutDoneAfterContentIsNotASuccess() throws Exception {
        old.behaviour = (connection, _) -> connection.sse(ROLE, content("half"));
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            assertThat(gateway.chat(1, true).body()).contains("\"error\"").doesNotContain("[DONE]");
            assertThat(gateway.told()).containsExactly("old#1 truncated_stream");
        }
    }

    @Test
    void anErrorEventAfterContentIsNotFollowedByDone() throws Exception {
        old.behaviour =
                (connection, _) -> connection.sse(content("half"), "data: " + Texts.error("boom") + "\n\n", DONE);
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            assertThat(gateway.chat(1, true).body()).contains("\"error\"").doesNotContain("[DONE]");
            assertThat(gateway.told()).containsExactly("old#1 stream_error");
        }
    }

    @Test
    void aBrokenChunkBeforeContentFallsOver() throws Exception {
        old.behaviour = (connection, _) -> {
            connection.startSse();
            connection.chunk(ROLE + "data: {\"choi\n\n");
            connection.staySilent();
        };
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            assertThat(gateway.chat(1, true).body()).isEqualTo(ROLE + content("from new") + FINISH + DONE);
            assertThat(gateway.told()).containsExactly("old#1 malformed", "new#2 served");
        }
    }

    @Test
    void aBrokenChunkAfterContentIsNotFollowedByDone() throws Exception {
        old.behaviour =
                (connection, _) -> connection.sse(content("half"), "data: {\"choi\n\n", content("more"), FINISH, DONE);
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            assertThat(gateway.chat(1, true).body()).contains("\"error\"").doesNotContain("[DONE]");
            assertThat(gateway.told()).containsExactly("old#1 malformed");
        }
    }

    @Test
    void anAnswerThatIsDoneEndsAlthoughItsMessageDoesNot() throws Exception {
        old.behaviour = (connection, _) -> {
            connection.startSse();
            connection.chunk(content("all") + FINISH + DONE);
            connection.staySilent();
        };
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT, SHORT), old, fresh)) {
            assertThat(gateway.chat(1, true).body()).isEqualTo(content("all") + FINISH + DONE);
            assertThat(old.closedByGateway.poll(20, TimeUnit.SECONDS)).contains("silent");
            assertThat(gateway.told()).containsExactly("old#1 served");
        }
    }

    @Test
    void connectionsAreUsedAgain() throws Exception {
        old.behaviour = (connection, request) -> {
            if (request.body().contains("\"stream\":true")) {
                connection.sse(content("a"), FINISH, DONE);
            } else {
                connection.json(200, answer("a"));
            }
        };
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            for (int i = 0; i < 20; i++) {
                assertThat(gateway.chat(i, i % 2 == 0).statusCode()).isEqualTo(200);
            }
            assertThat(old.connections()).isLessThan(5);
        }
    }

    @Test
    void anEmptyAnswerIsNotBelievedWhereContentIsTrusted() throws Exception {
        old.behaviour = (connection, _) -> connection.json(200, Texts.EMPTY_ANSWER);
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            assertThat(gateway.chat(1, false).body()).isEqualTo(answer("from new"));
            assertThat(gateway.told()).containsExactly("old#1 empty_answer", "new#2 served");
        }
    }

    @Test
    void anEmptyAnswerFoolsAGatewayThatTrustsStatus() throws Exception {
        old.behaviour = (connection, _) -> connection.json(200, Texts.EMPTY_ANSWER);
        try (var gateway = new GatewayFixture(config(ONE_RETRY, STATUS), old, fresh)) {
            assertThat(gateway.chat(1, false).body()).isEqualTo(Texts.EMPTY_ANSWER);
            assertThat(gateway.told()).containsExactly("old#1 served");
        }
    }

    @Test
    void anEmptyStreamFoolsAGatewayThatTrustsStatus() throws Exception {
        old.behaviour = (connection, _) -> connection.sse(ROLE, FINISH, DONE);
        try (var gateway = new GatewayFixture(config(ONE_RETRY, STATUS), old, fresh)) {
            assertThat(gateway.chat(1, true).body()).isEqualTo(ROLE + FINISH + DONE);
            assertThat(gateway.told()).containsExactly("old#1 served");
        }
    }

    @Test
    void aGatewayThatTrustsStatusStillFallsOverOnABadOne() throws Exception {
        old.behaviour = (connection, _) -> connection.json(500, Texts.error("boom"));
        try (var gateway = new GatewayFixture(config(ONE_RETRY, STATUS), old, fresh)) {
            assertThat(gateway.chat(1, false).body()).isEqualTo(answer("from new"));
            assertThat(gateway.told()).containsExactly("old#1 server_error", "new#2 served");
        }
    }

    @Test
    void aDarkProviderCostsOneDeadlineAndItsConnection() throws Exception {
        old.behaviour = (connection, _) -> connection.staySilent();
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT, SHORT), old, fresh)) {
            assertThat(gateway.chat(1, false).body()).isEqualTo(answer("from new"));
            assertThat(gateway.told()).containsExactly("old#1 timeout_first_token", "new#2 served");
            assertThat(old.closedByGateway.poll(20, TimeUnit.SECONDS)).contains("silent");
        }
    }

    @Test
    void headersWithoutContentDoNotStopTheFirstTokenDeadline() throws Exception {
        old.behaviour = (connection, _) -> {
            connection.startSse();
            connection.chunk(ROLE);
            connection.staySilent();
        };
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT, SHORT), old, fresh)) {
            assertThat(gateway.chat(1, true).body()).contains("from new", "[DONE]");
            assertThat(gateway.told()).containsExactly("old#1 timeout_first_token", "new#2 served");
        }
    }

    @Test
    void aStallAfterContentIsAnHonestError() throws Exception {
        old.behaviour = (connection, _) -> {
            connection.startSse();
            connection.chunk(content("half"));
            connection.staySilent();
        };
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT, SHORT), old, fresh)) {
            assertThat(gateway.chat(1, true).body()).contains("timeout_idle").doesNotContain("[DONE]");
            assertThat(gateway.told()).containsExactly("old#1 timeout_idle");
            assertThat(old.closedByGateway.poll(20, TimeUnit.SECONDS)).contains("silent");
        }
    }

    @Test
    void aRefusedConnectionFallsOver() throws Exception {
        old.close();
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            assertThat(gateway.chat(1, false).body()).isEqualTo(answer("from new"));
            assertThat(gateway.told()).containsExactly("old#1 connection_refused", "new#2 served");
        }
    }

    @Test
    void aResetConnectionFallsOver() throws Exception {
        old.behaviour = (connection, _) -> connection.reset();
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            assertThat(gateway.chat(1, false).body()).isEqualTo(answer("from new"));
            assertThat(gateway.told()).containsExactly("old#1 connection_reset", "new#2 served");
        }
    }

    @Test
    void somethingThatIsNotHttpFallsOver() throws Exception {
        old.behaviour = (connection, _) -> {
            connection.raw("220 mail.example.org ESMTP\r\n\r\n");
            connection.end();
        };
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            assertThat(gateway.chat(1, false).body()).isEqualTo(answer("from new"));
            assertThat(gateway.told()).hasSize(2).last().isEqualTo("new#2 served");
        }
    }

    @Test
    void whenBothAreDownTheCallerHearsTheLastRealStatus() throws Exception {
        old.behaviour = (connection, _) -> connection.json(503, Texts.error("overloaded"));
        fresh.close();
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            var answer = gateway.chat(1, true);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("\"error\"", "connection_refused");
            assertThat(answer.headers().firstValue("retry-after")).contains("1");
        }
    }

    @Test
    void whenBothAnswerNothingTheCallerNeverHears200() throws Exception {
        old.behaviour = (connection, _) -> connection.sse(ROLE, FINISH, DONE);
        fresh.behaviour = old.behaviour;
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            assertThat(gateway.chat(1, true).statusCode()).isEqualTo(502);
        }
    }

    @Test
    void theCallerIsToldWhenToComeBack() throws Exception {
        old.behaviour = (connection, _) -> connection.json(429, Texts.error("slow down"), "retry-after: 120");
        fresh.behaviour = (connection, _) -> connection.json(429, Texts.error("slow down"), "retry-after: 90");
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            var answer = gateway.chat(1, false);
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("retry-after"))
                    .hasValueSatisfying(
                            seconds -> assertThat(Integer.parseInt(seconds)).isBetween(60, 90));
        }
    }

    @Test
    void aBadRequestIsAnsweredAsItIsAndPaidForOnce() throws Exception {
        old.behaviour = (connection, _) -> connection.json(400, Texts.error("temperature must be a number"));
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            var answer = gateway.chat(1, true);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo(Texts.error("temperature must be a number"));
            assertThat(fresh.chats).isEmpty();
        }
    }

    @Test
    void aCallerThatGoesAwayStopsTheProvider() throws Exception {
        old.behaviour = (connection, _) -> {
            connection.startSse();
            connection.chunk(content("first"));
            connection.staySilent();
        };
        try (var gateway = new GatewayFixture(config(NO_RETRY, CONTENT), old, fresh)) {
            try (Socket caller = callRaw(gateway)) {
                readUntil(caller, "first");
            }
            assertThat(old.closedByGateway.poll(20, TimeUnit.SECONDS)).contains("silent");
            assertThat(GatewayFixture.text(gateway.attempts.poll(20, TimeUnit.SECONDS)))
                    .isEqualTo("old#1 cancelled");
        }
    }

    @Test
    void aCallerThatGoesAwayBeforeAnyAnswerStopsTheProviderToo() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        old.behaviour = (connection, _) -> {
            asked.countDown();
            connection.staySilent();
        };
        try (var gateway = new GatewayFixture(config(NO_RETRY, CONTENT), old, fresh)) {
            try (Socket _ = callRaw(gateway)) {
                assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(old.closedByGateway.poll(20, TimeUnit.SECONDS)).contains("silent");
            assertThat(GatewayFixture.text(gateway.attempts.poll(20, TimeUnit.SECONDS)))
                    .isEqualTo("old#1 cancelled");
        }
    }

    @Test
    void aLongAnswerReachesACallerThatReadsSlowly() throws Exception {
        String piece = content("x".repeat(1_000));
        int pieces = 20_000;
        old.behaviour = (connection, _) -> {
            connection.startSse();
            for (int i = 0; i < pieces; i++) {
                connection.chunk(piece);
            }
            connection.chunk(FINISH + DONE);
            connection.endChunks();
        };
        try (var gateway = new GatewayFixture(config(NO_RETRY, CONTENT), old, fresh)) {
            var answer = gateway.chat(1, true);
            assertThat(answer.body().length()).isEqualTo(pieces * piece.length() + (FINISH + DONE).length());
        }
    }

    @Test
    void theBreakerOpensAndItsOpeningIsTold() throws Exception {
        old.behaviour = (connection, _) -> connection.json(500, Texts.error("boom"));
        var config = new Gateway.Reference(
                List.of(Arm.OLD, Arm.NEW),
                GatewayFixture.PATIENT,
                ONE_RETRY,
                Optional.of(new Gateway.Breaker(2, Duration.ofMinutes(5), 1)),
                Optional.empty(),
                CONTENT);
        try (var gateway = new GatewayFixture(config, old, fresh)) {
            for (int i = 0; i < 3; i++) {
                assertThat(gateway.chat(i, false).statusCode()).isEqualTo(200);
            }
            assertThat(old.chats).hasSize(2);
            assertThat(gateway.transitions.poll(20, TimeUnit.SECONDS))
                    .satisfies(t -> assertThat(t.from() + " -> " + t.to()).isEqualTo("closed -> open"));
            assertThat(gateway.send(HttpRequest.newBuilder(gateway.uri("/health")))
                            .body())
                    .contains("\"old\":{\"breaker\":\"open\",\"health\":\"healthy\"}");
        }
    }

    @Test
    void aProviderThatFailsItsProbeIsPassedOver() throws Exception {
        old.probeStatus = 500;
        var config = new Gateway.Reference(
                List.of(Arm.OLD, Arm.NEW),
                GatewayFixture.PATIENT,
                NO_RETRY,
                Optional.empty(),
                Optional.of(new Gateway.Health(Duration.ofMinutes(5), Duration.ofSeconds(20))),
                CONTENT);
        try (var gateway = new GatewayFixture(config, old, fresh)) {
            assertThat(gateway.transitions.poll(20, TimeUnit.SECONDS))
                    .satisfies(t -> assertThat(t.arm() + " " + t.to()).isEqualTo("OLD unhealthy"));
            assertThat(gateway.chat(1, false).body()).isEqualTo(answer("from new"));
        }
    }

    @Test
    void aProviderThatIsSilentToItsProbeIsPassedOver() throws Exception {
        old.probeStatus = FakeProvider.SILENT;
        var config = new Gateway.Reference(
                List.of(Arm.OLD, Arm.NEW),
                GatewayFixture.PATIENT,
                NO_RETRY,
                Optional.empty(),
                Optional.of(new Gateway.Health(Duration.ofMinutes(5), Duration.ofSeconds(1))),
                CONTENT);
        try (var gateway = new GatewayFixture(config, old, fresh)) {
            assertThat(gateway.transitions.poll(20, TimeUnit.SECONDS))
                    .satisfies(t -> assertThat(t.arm() + " " + t.to()).isEqualTo("OLD unhealthy"));
            assertThat(old.closedByGateway.poll(20, TimeUnit.SECONDS)).contains("silent");
        }
    }

    @Test
    void callsWithoutAnIdAreServedAndNotTold() throws Exception {
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            var answer = gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")));
            assertThat(answer.body()).isEqualTo(answer("from old"));
            assertThat(gateway.events).isEmpty();
        }
    }

    @Test
    void whatIsNotARequestIsToldSo() throws Exception {
        try (var gateway = new GatewayFixture(config(ONE_RETRY, CONTENT), old, fresh)) {
            var broken = gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"model\":")));
            assertThat(broken.statusCode()).isEqualTo(400);
            assertThat(broken.body()).contains("\"error\"");
            var nowhere = gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/nowhere")));
            assertThat(nowhere.statusCode()).isEqualTo(404);
            assertThat(nowhere.body()).contains("no such path: GET /v1/nowhere");
            assertThat(gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/models")))
                            .body())
                    .contains("\"id\":\"gpt-4.1\"");
        }
    }

    @Test
    void aRouteToNowhereIsRefusedAtOnce() {
        assertThatThrownBy(() -> ReferenceGateway.start(
                        null, config(ONE_RETRY, CONTENT), java.util.Map.of(), _ -> {}, () -> 0, 7))
                .hasMessageContaining("the route names 'old', which has no upstream");
    }

    private static Socket callRaw(GatewayFixture gateway) throws IOException {
        Socket socket = new Socket("127.0.0.1", gateway.gateway.port());
        String body = Texts.request(1, true);
        socket.getOutputStream()
                .write(("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: %d\r\n\r\n%s"
                                .formatted(body.length(), body))
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("end of stream after: " + text).isNotNegative();
            text.append((char) next);
        }
        return text.toString();
    }
}
