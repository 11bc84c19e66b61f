package dev.changeover.toxics.backend;

import static dev.changeover.toxics.toxic.Direction.DOWNSTREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.toxics.catalog.Catalog;
import dev.changeover.toxics.catalog.FaultEffect;
import dev.changeover.toxics.catalog.FaultEffect.PlacedToxic;
import dev.changeover.toxics.server.TestClient;
import dev.changeover.toxics.server.TestUpstream;
import dev.changeover.toxics.toxic.Toxic;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultInjectorTest {

    private EmbeddedBackend backend;
    private TestUpstream upstream;
    private Proxy proxy;
    private FaultInjector faults;

    @BeforeEach
    void start() throws IOException {
        backend = EmbeddedBackend.start(1, _ -> {});
        upstream = TestUpstream.echo();
        proxy = backend.client().createProxy("old", "127.0.0.1:0", upstream.address());
        faults = new FaultInjector(backend.client());
    }

    @AfterEach
    void stop() throws IOException {
        backend.close();
        upstream.close();
    }

    private static FaultEffect named(String fault, Map<String, String> parameters) {
        return Catalog.find(fault).orElseThrow().effectOf(parameters);
    }

    @Test
    void aRegionGoesDarkAndComesBack() throws IOException {
        FaultEffect outage = named("region-outage", Map.of());
        faults.inject("old", 0, outage);
        try (TestClient client = TestClient.of(proxy)) {
            client.say("hello");
            assertThat(client.hearsNothing()).isTrue();
        }
        faults.lift("old", 0, outage);
        try (TestClient client = TestClient.of(proxy)) {
            assertThat(client.ask("hello")).isEqualTo("hello");
        }
        assertThat(proxy.toxics().getAll()).isEmpty();
    }

    @Test
    void overlappingRefusalsLastUntilTheLastIsLifted() throws IOException {
        FaultEffect refused = named("region-refused", Map.of());
        faults.inject("old", 0, refused);
        faults.inject("old", 1, refused);

        faults.lift("old", 0, refused);
        assertThatThrownBy(() -> TestClient.of(proxy)).isInstanceOf(ConnectException.class);

        faults.lift("old", 1, refused);
        try (TestClient client = TestClient.of(proxy)) {
            assertThat(client.ask("hello")).isEqualTo("hello");
        }
    }

    @Test
    void liftingOneFaultLeavesTheOthers() throws IOException {
        FaultEffect slow = named("brownout-latency", Map.of("latency", "1s", "jitter", "0ms"));
        FaultEffect slower = named("brownout-latency", Map.of("latency", "2s"));
        faults.inject("old", 0, slow);
        faults.inject("old", 1, slower);

        faults.lift("old", 0, slow);

        assertThat(proxy.toxics().getAll())
                .singleElement()
                .satisfies(toxic -> assertThat(toxic.getName()).isEqualTo(FaultInjector.toxicName(1, 0)));
    }

    @Test
    void settingsReachTheServerAsTheyAre() throws IOException {
        faults.inject(
                "old",
                3,
                FaultEffect.ofToxics(new PlacedToxic(
                        new Toxic.Latency(Duration.ofMillis(250), Duration.ofMillis(50)), DOWNSTREAM, 0.25)));

        Latency latency = proxy.toxics().get(FaultInjector.toxicName(3, 0), Latency.class);
        assertThat(latency.getLatency()).isEqualTo(250);
        assertThat(latency.getJitter()).isEqualTo(50);
        assertThat(latency.getToxicity()).isEqualTo(0.25f);
        assertThat(latency.getStream()).isEqualTo(ToxicDirection.DOWNSTREAM);
    }

    @Test
    void faultsAtTheHttpLevelLeaveTheProxyAlone() throws IOException {
        FaultEffect empty = named("brownout-empty", Map.of());
        faults.inject("old", 0, empty);
        assertThat(proxy.toxics().getAll()).isEqualTo(List.of());
        assertThat(backend.client().getProxy("old").isEnabled()).isTrue();
        faults.lift("old", 0, empty);
    }

    @Test
    void aFaultThatFailsHalfwayLeavesNothingBehind() throws IOException {
        FaultEffect outage = named("region-outage", Map.of());
        proxy.toxics().timeout(FaultInjector.toxicName(0, 1), ToxicDirection.DOWNSTREAM, 0);

        assertThatThrownBy(() -> faults.inject("old", 0, outage)).isInstanceOf(IOException.class);

        assertThat(proxy.toxics().getAll())
                .singleElement()
                .satisfies(toxic -> assertThat(toxic.getName()).isEqualTo(FaultInjector.toxicName(0, 1)));
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws IOException {
        try (TestUpstream silent = TestUpstream.thatDoes(c -> c.getInputStream().readAllBytes())) {
            int port = Integer.parseInt(silent.address().split(":")[1]);
            FaultInjector waiting =
                    new FaultInjector(new ToxiproxyClient("127.0.0.1", port), new Patience(Duration.ofMillis(100)));
            assertThatThrownBy(() -> waiting.inject("old", 0, FaultEffect.refusing()))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "no answer from the Toxiproxy within 100 ms, asked to put a fault in force on old");
            assertThatThrownBy(() -> waiting.lift("old", 0, FaultEffect.refusing()))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "no answer from the Toxiproxy within 100 ms, asked to lift a fault from old");
        }
    }

    @Test
    void anInterruptEndsNoFaultHalfway() throws IOException {
        FaultEffect outage = named("region-outage", Map.of());
        Thread.currentThread().interrupt();
        faults.inject("old", 0, outage);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(proxy.toxics().getAll()).hasSize(2);
    }

    @Test
    void aProxyThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> faults.inject("none", 0, FaultEffect.refusing()))
                .isInstanceOf(IOException.class);
    }
}
