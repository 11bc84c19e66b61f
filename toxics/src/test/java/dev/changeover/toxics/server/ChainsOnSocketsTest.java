package dev.changeover.toxics.server;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Several toxics on one connection: one after the other, in the order added.
class ChainsOnSocketsTest {

    private static final long HOUR_MILLIS = 3_600_000;

    private final WatchedServer server = new WatchedServer();
    private TestUpstream upstream;
    private Proxy proxy;

    @BeforeEach
    void start() throws IOException {
        upstream = TestUpstream.echo();
        proxy = server.proxy("p", upstream.address());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource(ToxicDirection.class)
    void aLimitBehindADarkLineCountsNothing(ToxicDirection direction) throws Exception {
        proxy.toxics().timeout("dark", direction, 0);
        proxy.toxics().limitData("cut", direction, 3);
        try (TestClient client = TestClient.of(proxy)) {
            client.say("hello");
            assertThat(client.hearsNothing()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(ToxicDirection.class)
    void aLimitBeforeADarkLineCuts(ToxicDirection direction) throws Exception {
        proxy.toxics().limitData("cut", direction, 3);
        proxy.toxics().timeout("dark", direction, 0);
        try (TestClient client = TestClient.of(proxy)) {
            client.say("hello");
            assertThat(client.hear(100)).isEmpty();
        }
        server.holdsNothingAfter(1);
    }

    @Test
    void aStreamThatWasCutStaysCutWhenTheLimitIsRemoved() throws Exception {
        var limit = proxy.toxics().limitData("cut", DOWNSTREAM, 3);
        Latency slow = proxy.toxics().latency("slow", DOWNSTREAM, HOUR_MILLIS);
        try (TestClient client = TestClient.of(proxy)) {
            client.say("hello");
            assertThat(client.hearsNothing()).isTrue();
            limit.remove();
            client.say("more");
            assertThat(client.hearsNothing()).isTrue();

            slow.remove();

            assertThat(client.hear(100)).isEqualTo("hel");
        }
        server.holdsNothingAfter(1);
    }

    @Test
    @Timeout(60)
    void whatARemovedToxicStillHeldIsCutByTheLimitBehindIt() throws Exception {
        int limit = 12_000_000; // more than the sockets take at once
        byte[] more = new byte[limit + 8_000_000];
        LinkedBlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        try (TestUpstream counting =
                TestUpstream.thatDoes(c -> heard.add(c.getInputStream().readAllBytes().length))) {
            Proxy chained = server.proxy("chained", counting.address());
            Latency slow = chained.toxics().latency("slow", UPSTREAM, HOUR_MILLIS);
            chained.toxics().limitData("cut", UPSTREAM, limit);
            try (TestClient client = TestClient.of(chained)) {
                client.socket().getOutputStream().write(more);
                while (server.heldBytes() < more.length) {
                    assertThat(client.hearsNothing()).isTrue();
                }

                slow.remove();

                assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(limit);
            }
        }
        server.holdsNothingAfter(1);
    }

    @Test
    void whatWasLetThroughBeforeACutArrivesThoughTheOtherDirectionEnds() throws Exception {
        proxy.toxics().limitData("cut", DOWNSTREAM, 3);
        proxy.toxics().latency("slow", DOWNSTREAM, 200);
        try (TestClient client = TestClient.of(proxy)) {
            client.say("hello");
            client.socket().shutdownOutput();
            assertThat(client.hear(100)).isEqualTo("hel");
        }
        server.holdsNothingAfter(1);
    }

    @ParameterizedTest
    @EnumSource(ToxicDirection.class)
    void aResetAtTheEndOfAChainIsAReset(ToxicDirection direction) throws Exception {
        try (TestClient client = TestClient.of(proxy)) {
            client.ask("warm");
            EveryToxic.LATENCY.addTo(proxy, direction);
            EveryToxic.SLICER.addTo(proxy, direction);
            EveryToxic.BANDWIDTH.addTo(proxy, direction);
            EveryToxic.RESET_PEER.addTo(proxy, direction);
            client.say("hello");
            assertThatThrownBy(() -> client.hear(100))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        server.holdsNothingAfter(1);
    }

    @ParameterizedTest
    @EnumSource(ToxicDirection.class)
    void aResetAtTheBeginningOfAChainIsAReset(ToxicDirection direction) throws Exception {
        try (TestClient client = TestClient.of(proxy)) {
            client.ask("warm");
            EveryToxic.RESET_PEER.addTo(proxy, direction);
            EveryToxic.LATENCY.addTo(proxy, direction);
            EveryToxic.BLOCKED.addTo(proxy, direction);
            client.say("hello");
            assertThatThrownBy(() -> client.hear(100))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        server.holdsNothingAfter(1);
    }

    @Test
    void anUpstreamsResetComesThroughAChainAsAReset() throws Exception {
        try (TestUpstream resetting = TestUpstream.thatDoes(c -> {
            c.getInputStream().read();
            c.setSoLinger(true, 0);
        })) {
            Proxy chained = server.proxy("chained", resetting.address());
            addAllThatLoseNothing(chained);
            try (TestClient client = TestClient.of(chained)) {
                client.say("x");
                assertThatThrownBy(client::atEnd)
                        .isInstanceOf(SocketException.class)
                        .hasMessageContaining("reset");
            }
        }
        server.holdsNothingAfter(1);
    }

    @Test
    void aHalfClosedConnectionAnswersThroughAChain() throws Exception {
        try (TestUpstream counting = TestUpstream.thatDoes(c -> {
            int heard = c.getInputStream().readAllBytes().length;
            c.getOutputStream().write(("heard " + heard).getBytes());
        })) {
            Proxy chained = server.proxy("chained", counting.address());
            addAllThatLoseNothing(chained);
            try (TestClient client = TestClient.of(chained)) {
                client.say("question");
                client.socket().shutdownOutput();
                assertThat(client.hear(100)).isEqualTo("heard 8");
            }
        }
        server.holdsNothingAfter(1);
    }

    @Test
    void toxicsTakenOutOfTheMiddleOfAChainLoseNothing() throws Exception {
        addAllThatLoseNothing(proxy);
        String sent = "0123456789".repeat(2_000);
        try (TestClient client = TestClient.of(proxy)) {
            client.say(sent);
            client.socket().shutdownOutput();
            String heard = client.hear(1_000);
            for (var toxic : proxy.toxics().getAll()) {
                heard += client.hear(500);
                toxic.remove();
            }
            heard += client.hear(sent.length());
            assertThat(heard).isEqualTo(sent);
        }
        server.holdsNothingAfter(1);
    }

    private static void addAllThatLoseNothing(Proxy proxy) throws IOException {
        for (EveryToxic toxic : EveryToxic.values()) {
            for (ToxicDirection direction : ToxicDirection.values()) {
                if (toxic.losesNothing()) {
                    toxic.addTo(proxy, direction);
                }
            }
        }
    }
}
