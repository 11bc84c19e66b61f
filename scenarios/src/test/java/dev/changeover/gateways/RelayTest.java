package dev.changeover.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class RelayTest {

    private static final String NO_WORKER = "NETWORK ERROR";

    @TempDir
    Path work;

    @Test
    void errorsAreTextNamesAreMappedAndTheWindowIsShared() throws Exception {
        try (FakeProvider provider = new FakeProvider();
                StartedProgram relay = start(provider, Map.of("LIMIT", "3", "WINDOW_MS", "1000"))) {
            awaitWorker(relay);
            provider.answers(429);
            HttpResponse<String> refused = relay.ask("m", true);
            assertThat(refused.statusCode()).isEqualTo(200);
            assertThat(refused.body()).contains("**ERROR 429", "[DONE]");

            provider.answers(200);
            long begun = System.nanoTime();
            for (String model : new String[] {"claude-3.5-sonnet", "unknown", "m", "m"}) {
                assertThat(relay.ask(model, false).body()).contains("good");
            }
            assertThat(System.nanoTime() - begun).as("the fourth waits").isGreaterThan(990_000_000);
            assertThat(provider.asked.get(0)).contains("\"model\":\"claude-sonnet-4.5\"");
            assertThat(provider.asked.get(1)).contains("\"model\":\"unknown\"");
        }
    }

    @Test
    void rollbackSaysCompleteWhileTrafficGoesOnAsBeforeOrNowhere() throws Exception {
        assumeTrue(StartedProgram.hasShellAndCurl(), "the script needs sh and curl");
        try (FakeProvider provider = new FakeProvider();
                FakeProvider previous = new FakeProvider();
                StartedProgram relay = start(provider, Map.of("PREVIOUS", previous.base(), "WAIT", "0"))) {
            awaitWorker(relay);
            assertThat(relay.run("relay-rollback.sh", Map.of("DEFECT", "still-new")))
                    .isZero();
            assertThat(relay.log()).contains("rollback complete");
            provider.answers(200);
            awaitWorker(relay);
            assertThat(provider.asked).isNotEmpty();
            assertThat(previous.asked).isEmpty();

            assertThat(relay.run("relay-rollback.sh", Map.of("DEFECT", "no-worker")))
                    .isZero();
            relay.await(() -> relay.ask("m", false).body().contains(NO_WORKER));
            assertThat(relay.get("/health").statusCode()).isEqualTo(200);
        }
    }

    private static void awaitWorker(StartedProgram relay) throws Exception {
        relay.await(() -> !relay.ask("m", false).body().contains(NO_WORKER));
    }

    private StartedProgram start(FakeProvider provider, Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("UPSTREAM", provider.base());
        settings.put("WORKER_PORT", Integer.toString(StartedProgram.freePort()));
        settings.putIfAbsent("LIMIT", "100000");
        return new StartedProgram("RelayServer.java", work, settings);
    }
}
