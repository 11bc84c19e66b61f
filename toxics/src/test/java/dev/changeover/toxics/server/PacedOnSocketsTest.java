package dev.changeover.toxics.server;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.toxic.Bandwidth;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Bandwidth and slicer on real sockets, through the Toxiproxy Java client.
class PacedOnSocketsTest {

    private static final byte[] BODY = new byte[400_000];

    static {
        new SplittableRandom(7).nextBytes(BODY);
    }

    private final LinkedBlockingQueue<ConnectionRecord> records = new LinkedBlockingQueue<>();
    private ToxiproxyServer server;
    private TestUpstream upstream;
    private TestUpstream sender;
    private Proxy proxy;
    private Proxy download;

    @BeforeEach
    void start() throws IOException {
        server = ToxiproxyServer.start(1, records::add);
        upstream = TestUpstream.echo();
        sender = TestUpstream.thatDoes(c -> c.getOutputStream().write(BODY));
        ToxiproxyClient api = new ToxiproxyClient("127.0.0.1", server.port());
        proxy = api.createProxy("p", "127.0.0.1:0", upstream.address());
        download = api.createProxy("download", "127.0.0.1:0", sender.address());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        upstream.close();
        sender.close();
    }

    private static byte[] everythingFrom(TestClient client) throws IOException {
        return client.socket().getInputStream().readAllBytes();
    }

    @Test
    void aDownloadTakesAsLongAsItsRateSays() throws Exception {
        download.toxics().bandwidth("narrow", DOWNSTREAM, 1_000);
        long started = System.nanoTime();
        try (TestClient client = TestClient.of(download)) {
            assertThat(everythingFrom(client)).isEqualTo(BODY);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void theNarrowestOfAChainDecides() throws Exception {
        download.toxics().bandwidth("wide", DOWNSTREAM, 1_000_000);
        download.toxics().bandwidth("narrow", DOWNSTREAM, 1_000);
        download.toxics().bandwidth("wide-too", DOWNSTREAM, 10_000);
        long started = System.nanoTime();
        try (TestClient client = TestClient.of(download)) {
            assertThat(everythingFrom(client)).isEqualTo(BODY);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void rateZeroBlocksAnOpenConnectionUntilItIsRemoved() throws Exception {
        try (TestClient client = TestClient.of(proxy)) {
            client.ask("warm");
            Bandwidth blocked = proxy.toxics().bandwidth("blocked", UPSTREAM, 0);
            client.say("held");
            client.socket().shutdownOutput();
            assertThat(client.hearsNothing()).isTrue();

            blocked.remove();

            assertThat(client.hear(100)).isEqualTo("held");
        }
        assertThat(nextRecord().touched()).isEqualTo(Map.of("blocked", 1L));
    }

    @Test
    void rateZeroBlocksUntilItIsChanged() throws Exception {
        Bandwidth blocked = proxy.toxics().bandwidth("blocked", DOWNSTREAM, 0);
        try (TestClient client = TestClient.of(proxy)) {
            client.say("held");
            assertThat(client.hearsNothing()).isTrue();

            blocked.setRate(1_000);

            assertThat(client.hear(4)).isEqualTo("held");
        }
    }

    @Test
    void removedInTheMiddleTheRestComesAtOnceAndWhole() throws Exception {
        Bandwidth narrow = download.toxics().bandwidth("narrow", DOWNSTREAM, 1);
        try (TestClient client = TestClient.of(download)) {
            byte[] beginning = client.socket().getInputStream().readNBytes(100);

            narrow.remove();

            byte[] rest = everythingFrom(client);
            assertThat(beginning.length + rest.length).isEqualTo(BODY.length);
            assertThat(rest).isEqualTo(Arrays.copyOfRange(BODY, 100, BODY.length));
        }
    }

    @Test
    void aNarrowLineStopsTheSource() throws Exception {
        try (TestUpstream endless = TestUpstream.thatDoes(c -> {
                    while (true) {
                        c.getOutputStream().write(BODY);
                    }
                });
                TestClient client = TestClient.of(toEndless(endless))) {
            assertThat(client.socket().getInputStream().readNBytes(300)).hasSize(300);
        }
        // It holds 256 KiB, and a loop's turn of reads.
        assertThat(nextRecord().bytesDown()).isLessThan(1024 * 1024);
    }

    private Proxy toEndless(TestUpstream endless) throws IOException {
        Proxy narrow = new ToxiproxyClient("127.0.0.1", server.port())
                .createProxy("endless", "127.0.0.1:0", endless.address());
        narrow.toxics().bandwidth("narrow", DOWNSTREAM, 1);
        return narrow;
    }

    @Test
    void slicesArriveInOrderWithPausesBetween() throws Exception {
        proxy.toxics().slicer("slices", DOWNSTREAM, 10, 20_000);
        long started = System.nanoTime();
        try (TestClient client = TestClient.of(proxy)) {
            String sent = "0123456789".repeat(8);
            assertThat(client.ask(sent)).isEqualTo(sent);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(140));
        assertThat(nextRecord().touched()).isEqualTo(Map.of("slices", 1L));
    }

    @Test
    void aSlicerWithoutPausesLosesNothing() throws Exception {
        download.toxics().slicer("slices", DOWNSTREAM, 1_460, 0).setSizeVariation(400);
        try (TestClient client = TestClient.of(download)) {
            assertThat(everythingFrom(client)).isEqualTo(BODY);
        }
    }

    @Test
    void aSlicerWithoutASizeLeavesChunksWhole() throws Exception {
        download.toxics().slicer("slices", DOWNSTREAM, 0, 0);
        try (TestClient client = TestClient.of(download)) {
            assertThat(everythingFrom(client)).isEqualTo(BODY);
        }
    }

    private ConnectionRecord nextRecord() throws InterruptedException {
        ConnectionRecord record = records.poll(20, TimeUnit.SECONDS);
        assertThat(record).as("a connection's record").isNotNull();
        return record;
    }
}
