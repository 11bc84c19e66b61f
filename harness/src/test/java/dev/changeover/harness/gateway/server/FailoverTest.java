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

import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Arm;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the gateway does when a provider fails, and what its caller hears.
@Timeout(60)
class FailoverTest {

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
}
