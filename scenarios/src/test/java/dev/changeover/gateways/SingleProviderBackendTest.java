package dev.changeover.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class SingleProviderBackendTest {

    @TempDir
    Path work;

    @Test
    void oneKeyRefusedCostsNineCallsAndIsTold500() throws Exception {
        try (FakeProvider provider = new FakeProvider();
                StartedProgram backend = start(provider, "relay")) {
            provider.answers(401);
            assertThat(backend.ask("m", false).statusCode()).isEqualTo(500);
            assertThat(provider.asked)
                    .extracting(body -> body.replaceAll(".*\"model\":\"([^\"]*)\".*", "$1"))
                    .containsExactly("one", "one", "one", "two", "two", "two", "three", "three", "three");
            assertThat(provider.keys).containsOnly("Bearer the-key");
            assertThat(provider.asked).allMatch(body -> body.contains("\"user\":\"changeover-q1\""));

            HttpResponse<String> stream = backend.ask("m", true);
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(stream.headers().firstValue("content-type")).hasValue("text/event-stream");
            assertThat(stream.body()).contains("{\"error\"");
            assertThat(backend.get("/health").statusCode()).isEqualTo(200);

            provider.answers(200);
            assertThat(backend.ask("m", true).body())
                    .contains("good", "\"finish_reason\":\"stop\"")
                    .doesNotContain("[DONE]");

            CountDownLatch stall = provider.stalls();
            CompletableFuture<HttpResponse<String>> first = backend.asking("m", false);
            CompletableFuture<HttpResponse<String>> second = backend.asking("m", false);
            backend.await(() -> provider.asked.size() == 1);
            assertThat(backend.get("/health").statusCode()).isEqualTo(200);
            assertThat(provider.asked).as("what its only worker has taken").hasSize(1);
            stall.countDown();
            assertThat(first.join().statusCode()).isEqualTo(200);
            assertThat(second.join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void streamOnThePlainRouteFailsToParseThreeTimesForEachModel() throws Exception {
        try (FakeProvider provider = new FakeProvider();
                StartedProgram backend = start(provider, "plain")) {
            assertThat(backend.ask("m", false).statusCode()).isEqualTo(200);
            provider.answers(200);
            HttpResponse<String> answer = backend.ask("m", true);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("no JSON object");
            assertThat(provider.asked).hasSize(9);
        }
    }

    private StartedProgram start(FakeProvider provider, String streams) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("UPSTREAM", provider.base(), "MODELS", "one,two,three"));
        settings.putAll(Map.of("WAIT_MULTIPLIER_MS", "1", "WAIT_MIN_MS", "1", "WAIT_MAX_MS", "2"));
        settings.putAll(Map.of("WORKERS", "1", "STREAMS", streams));
        return new StartedProgram("SingleProviderBackend.java", work, settings);
    }
}
