package dev.changeover.toxics.server;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Toxics on real sockets, through the Toxiproxy Java client.
class ToxicsOnSocketsTest {

    private static final long HOUR_MILLIS = 3_600_000;

    private final LinkedBlockingQueue<ConnectionRecord> records = new LinkedBlockingQueue<>();
    private ToxiproxyServer server;
    private TestUpstream upstream;
    private Proxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = ToxiproxyServer.start(1, records::add);
        upstream = TestUpstream.echo();
        proxy = new ToxiproxyClient("127.0.0.1", server.port()).createProxy("p", "127.0.0.1:0", upstream.address());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        upstream.close();
    }

    @Test
    void latencyDelaysAnOpenConnectionFromNowOn() throws IOException {
        try (TestClient client = TestClient.of(proxy)) {
            client.ask("warm");
            proxy.toxics().latency("slow", DOWNSTREAM, 120);
            long asked = System.nanoTime();

            assertThat(client.ask("late")).isEqualTo("late");

            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
        }
    }

    @Test
    void latencyWithJitterKeepsTheOrderOfChunks() throws IOException {
        proxy.toxics().latency("slow", DOWNSTREAM, 20).setJitter(20);
        StringBuilder sent = new StringBuilder();
        try (TestClient client = TestClient.of(proxy)) {
            for (int i = 0; i < 200; i++) {
                String piece = "chunk %03d;".formatted(i);
                client.say(piece);
                sent.append(piece);
            }
            assertThat(client.hear(sent.length())).isEqualTo(sent.toString());
        }
    }

    @Test
    void chunksHeldByLatencyComeAtOnceWhenItIsRemoved() throws IOException {
        Latency slow = proxy.toxics().latency("slow", DOWNSTREAM, HOUR_MILLIS);
        try (TestClient client = TestClient.of(proxy)) {
            client.say("held");
            assertThat(client.hearsNothing()).isTrue();

            slow.remove();

            assertThat(client.hear(4)).isEqualTo("held");
        }
    }

    @Test
    void chunksHeldByLatencyAreTimedAnewWhenItIsChanged() throws IOException {
        Latency slow = proxy.toxics().latency("slow", DOWNSTREAM, HOUR_MILLIS);
        try (TestClient client = TestClient.of(proxy)) {
            client.say("held");
            assertThat(client.hearsNothing()).isTrue();

            slow.setLatency(1);

            assertThat(client.hear(4)).isEqualTo("held");
        }
    }

    @Test
    void aBareEndIsNotDelayed() throws IOException {
        proxy.toxics().latency("slow-up", UPSTREAM, HOUR_MILLIS);
        proxy.toxics().latency("slow-down", DOWNSTREAM, HOUR_MILLIS);
        try (TestClient client = TestClient.of(proxy)) {
            client.socket().shutdownOutput();
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void aDarkRegionHoldsOldAndNewConnectionsInSilence() throws Exception {
        try (TestClient old = TestClient.of(proxy)) {
            old.ask("warm");
            var up = proxy.toxics().timeout("dark-up", UPSTREAM, 0);
            var down = proxy.toxics().timeout("dark-down", DOWNSTREAM, 0);
            try (TestClient fresh = TestClient.of(proxy)) {
                old.say("anyone?");
                fresh.say("anyone?");
                assertThat(old.hearsNothing()).isTrue();
                assertThat(fresh.hearsNothing()).isTrue();

                up.remove();
                down.remove();

                assertThat(old.atEnd()).isTrue();
                assertThat(fresh.atEnd()).isTrue();
                assertThat(nextRecord().touched()).isEqualTo(Map.of("dark-up", 1L));
                assertThat(nextRecord().touched()).isEqualTo(Map.of("dark-up", 1L));
            }
            try (TestClient after = TestClient.of(proxy)) {
                assertThat(after.ask("light")).isEqualTo("light");
            }
        }
    }

    @Test
    void timeoutClosesInOrderOnceItsTimeIsOver() throws IOException {
        proxy.toxics().timeout("t", UPSTREAM, 30);
        try (TestClient client = TestClient.of(proxy)) {
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void anEndIsNotHeldByTimeout() throws IOException {
        proxy.toxics().timeout("t", UPSTREAM, 0);
        try (TestClient client = TestClient.of(proxy)) {
            client.socket().shutdownOutput();
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void resetPeerResetsInsteadOfEnding() throws Exception {
        proxy.toxics().resetPeer("r", DOWNSTREAM, 0);
        try (TestClient client = TestClient.of(proxy)) {
            client.say("hello");
            assertThatThrownBy(client::atEnd)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(nextRecord().touched()).isEqualTo(Map.of("r", 1L));
    }

    @Test
    void resetPeerResetsConnectionsOlderThanItself() throws IOException {
        try (TestClient client = TestClient.of(proxy)) {
            client.ask("warm");
            proxy.toxics().resetPeer("r", UPSTREAM, 1);
            client.say("hello");
            assertThatThrownBy(client::atEnd)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void resetPeerLeavesASilentConnectionOpen() throws IOException {
        try (TestClient client = TestClient.of(proxy)) {
            client.ask("warm");
            proxy.toxics().resetPeer("r", DOWNSTREAM, 0);
            assertThat(client.hearsNothing()).isTrue();
        }
    }

    @Test
    void limitDataCutsInTheMiddleAndEndsInOrder() throws Exception {
        proxy.toxics().limitData("cut", DOWNSTREAM, 3);
        try (TestClient client = TestClient.of(proxy)) {
            client.say("hello");
            assertThat(client.hear(100)).isEqualTo("hel");
        }
        assertThat(nextRecord().touched()).isEqualTo(Map.of("cut", 1L));
    }

    @Test
    void slowCloseHoldsTheEndUntilItIsRemoved() throws IOException {
        var slow = proxy.toxics().slowClose("slow", DOWNSTREAM, HOUR_MILLIS);
        try (TestClient client = TestClient.of(proxy)) {
            assertThat(client.ask("hello")).isEqualTo("hello");
            client.socket().shutdownOutput();
            assertThat(client.hearsNothing()).isTrue();

            slow.remove();

            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void aToxicGetsChunksNoLargerThanTheRealServersHoweverMuchIsReadAtOnce() throws Exception {
        proxy.toxics().latency("slow", UPSTREAM, 1);
        int chunk = 32 * 1024;
        int chunks = 40;
        try (TestClient client = TestClient.of(proxy)) {
            client.say("x".repeat(chunk * chunks));
            client.hear(chunk * chunks);
        }

        ConnectionRecord record = nextRecord();
        assertThat(record.bytesUp()).isEqualTo(chunk * chunks);
        assertThat(record.touched().get("slow")).isGreaterThanOrEqualTo(chunks);
    }

    @Test
    void toxicityStrikesTheSameConnectionsForTheSameSeed() throws IOException {
        List<Boolean> first = struck(proxy);
        try (ToxiproxyServer again = ToxiproxyServer.start(1, records::add)) {
            Proxy same =
                    new ToxiproxyClient("127.0.0.1", again.port()).createProxy("p", "127.0.0.1:0", upstream.address());
            assertThat(struck(same)).isEqualTo(first);
        }
        assertThat(first).contains(true, false);
    }

    private static List<Boolean> struck(Proxy proxy) throws IOException {
        proxy.toxics().resetPeer("half", UPSTREAM, 0).setToxicity(0.5f);
        List<Boolean> struck = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            try (TestClient client = TestClient.of(proxy)) {
                client.say("x");
                struck.add(client.hear(1).isEmpty());
            } catch (SocketException _) {
                struck.add(true);
            }
        }
        return struck;
    }

    private ConnectionRecord nextRecord() throws InterruptedException {
        ConnectionRecord record = records.poll(20, TimeUnit.SECONDS);
        assertThat(record).as("a connection's record").isNotNull();
        return record;
    }
}
