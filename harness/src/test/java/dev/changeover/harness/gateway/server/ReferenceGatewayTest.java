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
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Requests in, answers out, callers that leave.
@Timeout(60)
class ReferenceGatewayTest {

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
