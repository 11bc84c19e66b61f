package dev.changeover.toxics.server;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

import eu.rekawek.toxiproxy.Proxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Upstreams and clients that do not do their part: nobody else is held up, and what is held stays little.
///
/// `-Dchangeover.patient=true` adds what takes half a minute.
class StuckPeersTest {

    private static final long MEGABYTE = 1024 * 1024;
    private static final byte[] PIECE = new byte[64 * 1024];

    private final WatchedServer server = new WatchedServer();
    private TestUpstream echo;

    @BeforeEach
    void start() throws IOException {
        echo = TestUpstream.echo();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        echo.close();
    }

    @Test
    void anUpstreamThatNeverAcceptsHoldsNobodyElseUp() throws Exception {
        List<TestClient> stuck = new ArrayList<>();
        try (FullUpstream full = new FullUpstream()) {
            Proxy proxy = server.proxy("stuck", full.address());
            for (int i = 0; i < 20; i++) {
                stuck.add(TestClient.of(proxy));
                stuck.getLast().say("anyone?");
            }
            try (TestClient client = TestClient.of(server.proxy("well", echo.address()))) {
                assertThat(client.ask("hello")).isEqualTo("hello");
            }
            assertThat(server.nextRecord().proxy()).isEqualTo("well");

            proxy.disable();

            for (TestClient client : stuck) {
                assertThat(client.hear(1)).isEmpty();
                client.close();
            }
            server.holdsNothingAfter(20);
        }
    }

    @Test
    void aClientThatGivesUpBeforeItsUpstreamAnsweredIsForgotten() throws Exception {
        try (FullUpstream full = new FullUpstream()) {
            Proxy proxy = server.proxy("stuck", full.address());
            TestClient client = TestClient.of(proxy);
            client.say("anyone?");
            client.socket().setSoLinger(true, 0);
            client.close();
            server.holdsNothingAfter(1);
        }
    }

    @Test
    void toxicsComeAndGoBeforeTheUpstreamHasAnswered() throws Exception {
        try (FullUpstream full = new FullUpstream()) {
            Proxy proxy = server.proxy("stuck", full.address());
            try (TestClient client = TestClient.of(proxy)) {
                client.say("anyone?");
                for (EveryToxic toxic : EveryToxic.values()) {
                    if (toxic.losesNothing()) {
                        toxic.addTo(proxy, UPSTREAM).remove();
                        toxic.addTo(proxy, DOWNSTREAM).remove();
                    }
                }
                assertThat(client.hearsNothing()).isTrue();

                EveryToxic.TIMEOUT.addTo(proxy, UPSTREAM);

                assertThat(client.hear(1)).isEmpty();
            }
            server.holdsNothingAfter(1);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "changeover.patient", matches = "true", disabledReason = "it takes half a minute")
    void anUpstreamThatNeverAcceptsIsGivenUp() throws Exception {
        try (FullUpstream full = new FullUpstream();
                TestClient client = TestClient.of(server.proxy("stuck", full.address()))) {
            client.socket().setSoTimeout(60_000);
            assertThat(client.atEnd()).isTrue();
        }
        server.holdsNothingAfter(1);
    }

    @Test
    void anUpstreamThatCannotBeResolvedEndsItsClientsAndNobodyElse() throws Exception {
        Proxy nowhere = server.proxy("nowhere", "no-such-host.invalid:80");
        List<TestClient> lost = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            lost.add(TestClient.of(nowhere));
        }
        try (TestClient client = TestClient.of(server.proxy("well", echo.address()))) {
            assertThat(client.ask("hello")).isEqualTo("hello");
        }
        for (TestClient client : lost) {
            assertThat(client.atEnd()).isTrue();
            client.close();
        }
        server.holdsNothingAfter(51);
    }

    @ParameterizedTest
    @EnumSource(names = {"LATENCY", "BANDWIDTH", "BLOCKED", "SLICER", "SLOW_CLOSE"})
    void aClientThatNeverReadsStopsItsUpstream(EveryToxic toxic) throws Exception {
        LinkedBlockingQueue<Integer> written = new LinkedBlockingQueue<>();
        try (TestUpstream upstream = TestUpstream.thatDoes(c -> {
            while (true) {
                c.getOutputStream().write(PIECE);
                written.add(PIECE.length);
            }
        })) {
            Proxy proxy = server.proxy("p", upstream.address());
            var added = toxic.addTo(proxy, DOWNSTREAM);
            TestClient never = TestClient.of(proxy);
            long mostHeld = 0;
            while (written.poll(200, TimeUnit.MILLISECONDS) != null) {
                mostHeld = Math.max(mostHeld, server.heldBytes());
            }
            assertThat(mostHeld).isLessThan(40 * MEGABYTE);
            never.close();
            // Bytes that a blocked line holds are on their way for ever, and the client's end is a half-close.
            added.remove();
        }
        server.holdsNothingAfter(1);
    }

    @Test
    void anUpstreamThatNeverReadsStopsItsClient() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (TestUpstream deaf = TestUpstream.thatDoes(_ -> await(over));
                TestClient client = TestClient.of(server.proxy("deaf", deaf.address()))) {
            LinkedBlockingQueue<Integer> written = new LinkedBlockingQueue<>();
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        client.socket().getOutputStream().write(PIECE);
                        written.add(PIECE.length);
                    }
                } catch (IOException _) {
                    // the test is over
                }
            });
            while (written.poll(500, TimeUnit.MILLISECONDS) != null) {
                assertThat(server.heldBytes()).isLessThan(2 * MEGABYTE);
            }
            try (TestClient other = TestClient.of(server.proxy("well", echo.address()))) {
                assertThat(other.ask("hello")).isEqualTo("hello");
            }
            over.countDown();
        }
        server.holdsNothingAfter(2);
    }

    @Test
    void aClientThatSaysMoreThanFitsAndEndsIsReadNoFaster() throws Exception {
        byte[] much = new byte[8 * (int) MEGABYTE];
        try (TestUpstream counting = TestUpstream.thatDoes(c -> {
            int heard = c.getInputStream().readAllBytes().length;
            c.getOutputStream().write(("heard " + heard).getBytes());
        })) {
            Proxy proxy = server.proxy("p", counting.address());
            var blocked = EveryToxic.BLOCKED.addTo(proxy, UPSTREAM);
            try (TestClient client = TestClient.of(proxy)) {
                Thread writer = Thread.ofVirtual().start(() -> {
                    try {
                        client.socket().getOutputStream().write(much);
                        client.socket().shutdownOutput();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                assertThat(client.hearsNothing()).isTrue();
                assertThat(server.heldBytes()).isLessThan(MEGABYTE);

                blocked.remove();

                assertThat(client.hear(100)).isEqualTo("heard " + much.length);
                writer.join();
            }
        }
        server.holdsNothingAfter(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
