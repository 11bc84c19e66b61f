package dev.changeover.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.SimulatedProfile;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.wire.AnswerReader;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.SseParser;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A simulated provider that was asked to call a tool.
class SimulatedToolCallTest {

    private static final String TOOLS =
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"time\"}},{\"type\":\"function\",\"function\":"
                + "{\"name\":\"weather\",\"parameters\":{\"type\":\"object\",\"properties\":{\"unit\":{},\"city\":{}},"
                + "\"required\":[\"city\"]}}}],";
    private static final String REQUIRED = TOOLS + "\"tool_choice\":\"required\",";
    private static final String WEATHER =
            TOOLS + "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"weather\"}},";

    private final Vertx vertx = Vertx.vertx();
    private final SimulatedProvider provider = SimulatedProvider.start(
            vertx,
            new SimulatedProfile(
                    Duration.ofMillis(20),
                    Duration.ofMillis(30),
                    10_000,
                    0,
                    Share.NONE,
                    Set.of(),
                    "",
                    SimulatedProfile.Limits.NONE),
            7);

    @AfterEach
    void close() {
        provider.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void streamedCallNamesItsToolFirstAndItsArgumentsComeInPieces() throws Exception {
        List<JsonNode> chunks = chunks(answer(REQUIRED + "\"stream\":true,"));

        JsonNode first = chunks.getFirst().at("/choices/0/delta/tool_calls/0");
        assertThat(first.at("/function/name").asString()).isEqualTo("time");
        assertThat(first.path("id").asString()).startsWith("call_");
        assertThat(first.path("index").asInt(-1)).isZero();
        StringBuilder arguments = new StringBuilder();
        chunks.forEach(chunk -> arguments.append(
                chunk.at("/choices/0/delta/tool_calls/0/function/arguments").asString("")));
        assertThat(JsonMapper.shared()
                        .readTree(arguments.toString())
                        .path("input")
                        .asString())
                .hasSizeGreaterThan(5);
        assertThat(chunks.getLast().at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(chunks).hasSize(1 + 6 + 1);
    }

    @Test
    void wholeCallIsOfTheToolThatWasNamed() throws Exception {
        JsonNode choice = JsonMapper.shared().readTree(answer(WEATHER)).at("/choices/0");
        JsonNode function = choice.at("/message/tool_calls/0/function");

        assertThat(choice.at("/message/content").isNull()).isTrue();
        assertThat(function.path("name").asString()).isEqualTo("weather");
        assertThat(JsonMapper.shared()
                        .readTree(function.path("arguments").asString())
                        .has("city"))
                .isTrue();
        assertThat(choice.path("finish_reason").asString()).isEqualTo("stop");
    }

    @Test
    void callIsContentAndItsFirstChunkTheFirstToken() throws Exception {
        byte[] answer = answer(REQUIRED + "\"stream\":true,").getBytes(UTF_8);
        AnswerReader reader = new AnswerReader(200, "text/event-stream");
        assertThat(reader.feed(answer, 0, answer.length)).isEqualTo(7);
        assertThat(reader.finish(true).outcome()).isEqualTo(Outcome.SERVED);
    }

    @Test
    void toolsThatNeedNotBeCalledAreNot() throws Exception {
        assertThat(answer(TOOLS)).contains("\"content\":\"").doesNotContain("tool_calls");
        assertThat(answer(TOOLS + "\"tool_choice\":\"auto\",")).doesNotContain("tool_calls");
        assertThat(answer("\"tool_choice\":\"required\",")).doesNotContain("tool_calls");
    }

    private String answer(String more) throws Exception {
        String body = "{\"model\":\"m\"," + more
                + "\"max_tokens\":6,\"messages\":[{\"role\":\"user\",\"content\":\"How is it?\"}]}";
        URI uri = URI.create("http://127.0.0.1:" + provider.port() + "/v1/chat/completions");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(uri)
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static List<JsonNode> chunks(String stream) {
        List<JsonNode> chunks = new ArrayList<>();
        byte[] bytes = stream.getBytes(UTF_8);
        new SseParser((buffer, offset, length) -> {
                    String data = new String(buffer, offset, length, UTF_8);
                    if (!data.equals("[DONE]")) {
                        chunks.add(JsonMapper.shared().readTree(data));
                    }
                })
                .feed(bytes, 0, bytes.length);
        return chunks;
    }
}
