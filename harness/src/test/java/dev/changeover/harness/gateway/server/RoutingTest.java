package dev.changeover.harness.gateway.server;

import static dev.changeover.harness.gateway.server.GatewayFixture.NO_RETRY;
import static dev.changeover.harness.gateway.server.GatewayFixture.ONE_RETRY;
import static dev.changeover.harness.gateway.server.GatewayFixture.PATIENT;
import static dev.changeover.harness.gateway.server.GatewayFixture.config;
import static dev.changeover.harness.gateway.server.Texts.answer;
import static dev.changeover.harness.gateway.server.Texts.error;
import static dev.changeover.harness.scenario.Gateway.Trust.CONTENT;
import static dev.changeover.harness.units.Arm.NEW;
import static dev.changeover.harness.units.Arm.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Rollout.Sticky;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Models to fall back to, weights, conversations that stay.
@Timeout(60)
class RoutingTest {

    private FakeProvider old;
    private FakeProvider fresh;

    @BeforeEach
    void startProviders() throws IOException {
        old = FakeProvider.start((connection, _) -> connection.json(200, answer("from old")));
        fresh = FakeProvider.start((connection, _) -> connection.json(200, answer("from new")));
    }

    @AfterEach
    void closeProviders() throws IOException {
        old.close();
        fresh.close();
    }

    @Test
    void aFallbackModelIsSentByTheNameThatTheProviderGivesIt() throws Exception {
        old.behaviour = (connection, request) -> {
            if (request.body().contains("\"model\":\"old-model\"")) {
                connection.json(404, error("The model does not exist"));
            } else {
                connection.json(200, answer("from old"));
            }
        };
        fresh.behaviour = (connection, _) -> connection.json(503, error("busy"));
        try (var gateway = new GatewayFixture(routed(ONE_RETRY, Optional.empty(), OLD), old, fresh)) {
            assertThat(gateway.chat(1, false).body()).isEqualTo(answer("from old"));
            assertThat(old.chats).hasSize(2);
            assertThat(old.chats.getLast().body()).contains("\"model\":\"large\"", "\"user\":\"changeover-q1\"");
            assertThat(gateway.told()).containsExactly("old#1 not_found", "old#2 served");
        }
    }

    @Test
    void aContextTooLongForAllModelsIsToldInTheProvidersOwnWords() throws Exception {
        String tooLong =
                "{\"error\":{\"message\":\"maximum context length is 8192\",\"code\":\"context_length_exceeded\"}}";
        old.behaviour = (connection, _) -> connection.json(400, tooLong);
        fresh.behaviour = old.behaviour;
        try (var gateway = new GatewayFixture(routed(ONE_RETRY, Optional.empty(), OLD, NEW), old, fresh)) {
            HttpResponse<String> response = gateway.chat(1, false);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).isEqualTo(tooLong);
            assertThat(gateway.told()).containsExactly("old#1 context_length", "old#2 context_length");
        }
    }

    @Test
    void aWeightChangesWhereTheNextConversationGoesAtOnce() throws Exception {
        try (var gateway = new GatewayFixture(config(NO_RETRY, CONTENT), old, fresh)) {
            assertThat(ask(gateway, 1, "a")).isEqualTo(answer("from old"));
            assertThat(weigh(gateway, "{\"new\":100}").body()).isEqualTo("{\"new\":100,\"old\":0}");
            assertThat(ask(gateway, 2, "a")).isEqualTo(answer("from new"));
            assertThat(weigh(gateway, "{\"new\":0}").body()).isEqualTo("{\"new\":0,\"old\":100}");
            assertThat(ask(gateway, 3, "a")).isEqualTo(answer("from old"));
        }
    }

    @Test
    void aConversationStaysWithTheProviderItWasGivenTo() throws Exception {
        Gateway.Split half = new Gateway.Split(new Share(0.5), Sticky.CONVERSATION);
        try (var gateway = new GatewayFixture(routed(NO_RETRY, Optional.of(half), OLD, NEW), old, fresh)) {
            List<String> first = new ArrayList<>();
            for (int c = 0; c < 20; c++) {
                first.add(ask(gateway, c, "c" + c));
            }
            assertThat(first).contains(answer("from old"), answer("from new"));
            weigh(gateway, "{\"new\":99.5}");
            for (int c = 0; c < 20; c++) {
                assertThat(ask(gateway, 100 + c, "c" + c)).isEqualTo(first.get(c));
            }
        }
    }

    @Test
    void theProviderNeverHearsOfTheConversation() throws Exception {
        try (var gateway = new GatewayFixture(config(NO_RETRY, CONTENT), old, fresh)) {
            ask(gateway, 1, "secret-dialogue");
            assertThat(old.chats.getFirst().head()).doesNotContain("secret-dialogue");
        }
    }

    @Test
    void theWeightsInForceAreTold() throws Exception {
        Gateway.Split split = new Gateway.Split(Share.parse("12.5%"), Sticky.CONVERSATION);
        try (var gateway = new GatewayFixture(routed(NO_RETRY, Optional.of(split), OLD, NEW), old, fresh)) {
            HttpResponse<String> told = gateway.send(HttpRequest.newBuilder(gateway.uri("/admin/weights")));
            assertThat(told.statusCode()).isEqualTo(200);
            assertThat(told.body()).isEqualTo("{\"new\":12.5,\"old\":87.5}");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"new": 101}          | 'new' must be from 0 to 100, got 101
        {"new": -0.1}         | 'new' must be from 0 to 100, got -0.1
        {"new": 1e999999999}  | 'new' must be from 0 to 100, got 1E+999999999
        {"new": "30"}         | 'new' must be a number, got "30"
        {"new": null}         | 'new' must be a number, got null
        {"old": 30}           | unknown key 'old'
        {"new": 30, "old": 1} | unknown key 'old'
        {"new": 1, "new": 2}  | the body is not JSON
        {}                    | 'new' is missing
        30                    | the body must be a JSON object
        {"new": 30            | the body is not JSON
        {"new": NaN}          | the body is not JSON
        ``                    | the body must be a JSON object
        """)
    void whatIsNoWeightIsRefusedAndChangesNothing(String body, String why) throws Exception {
        try (var gateway = new GatewayFixture(config(NO_RETRY, CONTENT), old, fresh)) {
            weigh(gateway, "{\"new\":30}");
            HttpResponse<String> refused = weigh(gateway, body);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains(why.replace("\"", "\\\""), "{\\\"new\\\": 30}");
            assertThat(gateway.send(HttpRequest.newBuilder(gateway.uri("/admin/weights")))
                            .body())
                    .isEqualTo("{\"new\":30,\"old\":70}");
        }
    }

    @Test
    void aRouteOfOneProviderHasNoWeights() throws Exception {
        try (var gateway = new GatewayFixture(routed(NO_RETRY, Optional.empty(), OLD), old, fresh)) {
            String sentence = "there are no weights: the gateway's route has one provider only; name both in route";
            assertThat(weigh(gateway, "{\"new\":30}")).satisfies(answer -> {
                assertThat(answer.statusCode()).isEqualTo(409);
                assertThat(answer.body()).contains(sentence);
            });
            assertThat(gateway.send(HttpRequest.newBuilder(gateway.uri("/admin/weights")))
                            .statusCode())
                    .isEqualTo(409);
        }
    }

    private static Gateway.Reference routed(Gateway.Retry retry, Optional<Gateway.Split> split, Arm... route) {
        return new Gateway.Reference(
                List.of(route),
                split,
                Map.of("gpt-4.1", List.of("large")),
                PATIENT,
                retry,
                Optional.empty(),
                Optional.empty(),
                CONTENT,
                Optional.empty(),
                Optional.empty(),
                Gateway.HealthPage.LOOKS);
    }

    private static String ask(GatewayFixture gateway, long number, String conversation) throws Exception {
        return gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
                        .header("x-changeover-conversation", conversation)
                        .POST(HttpRequest.BodyPublishers.ofString(Texts.request(number, false))))
                .body();
    }

    private static HttpResponse<String> weigh(GatewayFixture gateway, String body) throws Exception {
        return gateway.send(
                HttpRequest.newBuilder(gateway.uri("/admin/weights")).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }
}
