package dev.changeover.harness.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.provider.SimulatedProvider;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.SimulatedProfile;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.AnswerReader;
import dev.changeover.harness.wire.Outcome;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatewayBeforeSimulatedProviderTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<Event> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeVertx() {
        vertx.close().await();
    }

    @Test
    void streamsAndPlainAnswersAreServed() throws Exception {
        var profile = new SimulatedProfile(
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                5_000,
                0,
                Share.NONE,
                Set.of("gpt-4.1"),
                "",
                SimulatedProfile.Limits.NONE);
        var provider = new Provider(new Provider.Source.Simulated(profile), Map.of(), Optional.empty());
        try (var simulated = SimulatedProvider.start(vertx, profile, 7);
                var gateway = ReferenceGateway.start(
                        vertx,
                        GatewayFixture.config(GatewayFixture.NO_RETRY, Gateway.Trust.CONTENT),
                        both(new ReferenceGateway.Upstream("127.0.0.1", simulated.port(), provider)),
                        events::add,
                        Ticker.since(System.nanoTime()),
                        7);
                var client = HttpClient.newHttpClient()) {
            for (boolean stream : new boolean[] {true, false}) {
                assertThat(outcome(chat(client, gateway, stream))).isEqualTo(Outcome.SERVED);
            }
        }
        assertThat(events)
                .hasSize(2)
                .allSatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                Event.Attempt.class,
                                attempt -> assertThat(attempt.outcome()).isEqualTo(Outcome.SERVED)));
    }

    private static Map<Arm, ReferenceGateway.Upstream> both(ReferenceGateway.Upstream upstream) {
        return Map.of(Arm.OLD, upstream, Arm.NEW, upstream);
    }

    private static HttpResponse<byte[]> chat(HttpClient client, ReferenceGateway gateway, boolean stream)
            throws Exception {
        URI uri = URI.create("http://127.0.0.1:%d/v1/chat/completions".formatted(gateway.port()));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofString(Texts.request(1, stream)))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Outcome outcome(HttpResponse<byte[]> answer) {
        AnswerReader reader = new AnswerReader(
                answer.statusCode(), answer.headers().firstValue("content-type").orElse(""));
        reader.feed(answer.body(), 0, answer.body().length);
        return reader.finish(true).outcome();
    }
}
