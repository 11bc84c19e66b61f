package dev.changeover.harness.gateway.server;

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

import dev.changeover.harness.scenario.Deadlines;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the gateway believes of a stream or an answer, and what it says when it was wrong.
@Timeout(60)
class TrustTest {

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
}
