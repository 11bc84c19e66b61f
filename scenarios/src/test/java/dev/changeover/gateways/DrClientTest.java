package dev.changeover.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DrClientTest {

    @TempDir
    Path work;

    @Test
    void bothRegionsAreOneAndOnlyTimeoutsRotate() throws Exception {
        try (FakeProvider old = new FakeProvider();
                FakeProvider relay = new FakeProvider();
                StartedProgram client = new StartedProgram("DrClient.java", work, settings(old, relay))) {
            assertThat(client.get("/admin/weights").body()).isEqualTo("{\"new\":100.0}");

            relay.answers(503);
            assertThat(client.ask("m", false).statusCode()).isEqualTo(503);
            assertThat(relay.asked).as("calls, 5xx not retried").hasSize(1);

            relay.answers(429);
            assertThat(client.ask("m", false).statusCode()).isEqualTo(429);
            assertThat(relay.asked).as("calls within one budget of tries").hasSize(3);

            relay.answers(200);
            assertThat(client.ask("m", true).body()).isEqualTo(FakeProvider.STREAM);

            CountDownLatch stall = relay.stalls();
            assertThat(client.ask("m", false).statusCode()).isEqualTo(504);
            assertThat(relay.asked).as("tries, all at the one address").hasSize(3);
            stall.countDown();

            relay.answers(200);
            client.put("/admin/weights", "{\"new\": 50}");
            for (int request = 0; request < 60; request++) {
                assertThat(client.ask("m", false).statusCode()).isEqualTo(200);
            }
            assertThat(old.asked).as("of one conversation").isNotEmpty();
            assertThat(relay.asked).as("of the same conversation").isNotEmpty();

            client.await(() -> client.log().contains("SINGAPORE healthy=false"));
            client.put("/admin/weights", "{\"new\": 100}");
            relay.answers(401);
            for (int request = 0; request < 5; request++) {
                assertThat(client.ask("m", false).statusCode()).isEqualTo(401);
            }
            assertThat(client.ask("m", false).statusCode())
                    .as("the breaker counts the caller's own faults too")
                    .isEqualTo(503);
            assertThat(client.get("/health").statusCode()).isEqualTo(200);
        }
    }

    private static Map<String, String> settings(FakeProvider old, FakeProvider relay) {
        Map<String, String> settings = new HashMap<>(Map.of("OLD", old.base(), "NEW", relay.base()));
        settings.putAll(Map.of("HONG_KONG", relay.base(), "SINGAPORE", relay.base(), "START_WEIGHT", "100"));
        settings.putAll(Map.of("TIMEOUT_MS", "3000", "RATE_WAIT_MS", "1", "BACKOFF_UNIT_MS", "1"));
        settings.putAll(Map.of("HEALTH_EVERY_MS", "200"));
        return settings;
    }
}
