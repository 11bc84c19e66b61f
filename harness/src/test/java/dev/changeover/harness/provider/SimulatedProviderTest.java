package dev.changeover.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.SimulatedProfile;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.wire.Answer;
import dev.changeover.harness.wire.AnswerReader;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Usage;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedProviderTest {

    private static final SimulatedProfile.Limits NONE = SimulatedProfile.Limits.NONE;
    private static Vertx vertx;
    private static HttpClient client;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void close() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void streamHoldsExactlyTheTokensAskedForOneAChunk() {
        try (SimulatedProvider provider = provider(NONE)) {
            HttpResponse<byte[]> response =
                    ask(provider, body(true, 40, ",\"stream_options\":{\"include_usage\":true}"));
            AnswerReader reader = reader(response);

            assertThat(reader.feed(response.body(), 0, response.body().length)).isEqualTo(40);
            Answer answer = reader.finish(true);
            assertThat(answer.outcome()).isEqualTo(Outcome.SERVED);
            assertThat(answer.usage()).isEqualTo(Usage.of(3, 40, 0));
            assertThat(answer.countedOutput()).hasValue(40);
            assertThat(answer.model()).hasValue("gpt%d");
            assertThat(new String(response.body(), UTF_8)).endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void usageChunkComesOnlyWhenAskedFor() {
        try (SimulatedProvider provider = provider(NONE)) {
            assertThat(answer(ask(provider, body(true, 2, ""))).usage()).isEqualTo(Usage.UNKNOWN);
        }
    }

    @Test
    void plainAnswerComesWholeWithItsUsage() {
        try (SimulatedProvider provider = provider(NONE)) {
            Answer answer = answer(ask(provider, body(false, 7, "")));

            assertThat(answer.outcome()).isEqualTo(Outcome.SERVED);
            assertThat(answer.usage()).isEqualTo(Usage.of(3, 7, 0));
            assertThat(answer.countedOutput()).hasValue(7);
        }
    }

    @Test
    void sameSeedAnswersTheSameWhateverTheUser() {
        try (SimulatedProvider one = provider(NONE);
                SimulatedProvider other = provider(NONE)) {
            byte[] first = ask(one, body(true, 9, ",\"user\":\"ann\"")).body();

            assertThat(ask(other, body(true, 9, ",\"user\":\"bob\"")).body()).isEqualTo(first);
            assertThat(ask(other, body(true, 9, "")).body()).isNotEqualTo(first);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"gpt%d\"}",
                "{",
                "",
                "{\"model\":\"gpt%d\",\"messages\":[{\"role\":\"user\",\"content\":\"hm\"}],\"max_tokens\":0}"
            })
    void malformedRequestIsAnswered400(String body) {
        try (SimulatedProvider provider = provider(NONE)) {
            assertThat(ask(provider, body).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void unknownModelIsAnswered404AndWrongKey401() {
        try (SimulatedProvider provider = provider(NONE)) {
            assertThat(ask(provider, body(false, 1, "").replace("gpt%d", "other"))
                            .statusCode())
                    .isEqualTo(404);
            HttpRequest wrong =
                    request(provider, body(false, 1, ""), "Bearer wrong").build();
            assertThat(send(wrong).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void requestsPastTheLimitAreAnswered429WithTheUsualHeaders() {
        try (SimulatedProvider provider =
                provider(new SimulatedProfile.Limits(OptionalInt.of(2), OptionalLong.empty(), OptionalInt.empty()))) {
            assertThat(ask(provider, body(false, 1, "")).statusCode()).isEqualTo(200);
            assertThat(ask(provider, body(false, 1, "")).statusCode()).isEqualTo(200);
            HttpResponse<byte[]> third = ask(provider, body(false, 1, ""));

            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().map())
                    .containsKeys("retry-after", "x-ratelimit-reset-requests")
                    .containsEntry("x-ratelimit-limit-requests", List.of("2"))
                    .containsEntry("x-ratelimit-remaining-requests", List.of("0"));
        }
    }

    @Test
    void requestLargerThanTheTokenLimitIsToldNoTimeToTryAgain() {
        try (SimulatedProvider provider =
                provider(new SimulatedProfile.Limits(OptionalInt.empty(), OptionalLong.of(10), OptionalInt.empty()))) {
            HttpResponse<byte[]> response = ask(provider, body(false, 50, ""));

            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.headers().firstValue("retry-after")).isEmpty();
        }
    }

    @Test
    void requestsPastTheConcurrencyAreAnswered503() throws Exception {
        SimulatedProfile slow = profile(
                Duration.ofMinutes(5),
                new SimulatedProfile.Limits(OptionalInt.empty(), OptionalLong.empty(), OptionalInt.of(1)));
        try (SimulatedProvider provider = SimulatedProvider.start(vertx, slow, 7);
                Socket first = new Socket("127.0.0.1", provider.port())) {
            sayAndAwaitHead(first, body(true, 5, ""));

            assertThat(ask(provider, body(true, 5, "")).statusCode()).isEqualTo(503);
        }
    }

    @Test
    void clientThatLeavesStopsTheGeneration() throws Exception {
        SimulatedProfile slow = profile(Duration.ofMinutes(5), NONE);
        try (SimulatedProvider provider = SimulatedProvider.start(vertx, slow, 7)) {
            try (Socket first = new Socket("127.0.0.1", provider.port())) {
                sayAndAwaitHead(first, body(true, 5, ""));
                assertThat(provider.running()).isOne();
            }
            while (provider.running() > 0) {
                Thread.yield();
            }
        }
    }

    @Test
    void manyStreamsAtOnceAllEndWhole() {
        try (SimulatedProvider provider = provider(NONE)) {
            List<CompletableFuture<HttpResponse<byte[]>>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                all.add(client.sendAsync(
                        request(provider, body(true, 30, ""), "Bearer key").build(),
                        HttpResponse.BodyHandlers.ofByteArray()));
            }
            assertThat(all)
                    .allSatisfy(
                            each -> assertThat(answer(each.join()).outcome()).isEqualTo(Outcome.SERVED));
        }
    }

    @Test
    void modelsAndHealthAnswer() {
        try (SimulatedProvider provider = provider(NONE)) {
            String base = "http://127.0.0.1:" + provider.port();
            HttpRequest health =
                    HttpRequest.newBuilder(URI.create(base + "/health")).build();
            HttpRequest models = HttpRequest.newBuilder(URI.create(base + "/v1/models"))
                    .header("Authorization", "Bearer key")
                    .build();

            assertThat(send(health).statusCode()).isEqualTo(200);
            assertThat(send(models).body()).asString().contains("\"id\":\"gpt%d\"");
        }
    }

    private static void sayAndAwaitHead(Socket socket, String body) throws IOException {
        RawPeer.say(
                socket,
                "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer key\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
        InputStream in = socket.getInputStream();
        assertThat(RawPeer.readMessage(in)).startsWith("HTTP/1.1 200");
    }

    private static SimulatedProvider provider(SimulatedProfile.Limits limits) {
        return SimulatedProvider.start(vertx, profile(Duration.ofMillis(5), limits), 7);
    }

    private static SimulatedProfile profile(Duration ttft, SimulatedProfile.Limits limits) {
        return new SimulatedProfile(ttft, ttft.multipliedBy(2), 5_000, 0.1, Share.NONE, Set.of("gpt%d"), "key", limits);
    }

    private static String body(boolean stream, int tokens, String more) {
        return "{\"model\":\"gpt%d\",\"messages\":[{\"role\":\"user\",\"content\":\"about above academy\"}],\"stream\":"
                + stream + ",\"max_tokens\":" + tokens + more + "}";
    }

    private static HttpResponse<byte[]> ask(SimulatedProvider provider, String body) {
        return send(request(provider, body, "Bearer key").build());
    }

    private static HttpRequest.Builder request(SimulatedProvider provider, String body, String key) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + provider.port() + "/v1/chat/completions"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", key)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<byte[]> send(HttpRequest request) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .join();
    }

    private static AnswerReader reader(HttpResponse<byte[]> response) {
        return new AnswerReader(
                response.statusCode(),
                response.headers().firstValue("content-type").orElse(""));
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        AnswerReader reader = reader(response);
        reader.feed(response.body(), 0, response.body().length);
        return reader.finish(true);
    }
}
