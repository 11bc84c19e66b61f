package dev.changeover.toxics.conformance;

import static dev.changeover.toxics.conformance.Timing.took;
import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.TestClient;
import eu.rekawek.toxiproxy.Proxy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicerTest extends OverEveryBackend {

    private static final int MICROS = 1_000;

    /// The sizes of what comes at once: slices, when the pause between them is long.
    private static List<Integer> slices(TestClient client, int bytes) throws IOException {
        InputStream in = client.socket().getInputStream();
        List<Integer> sizes = new ArrayList<>();
        byte[] buffer = new byte[bytes];
        for (int left = bytes; left > 0; left -= sizes.getLast()) {
            sizes.add(in.read(buffer, 0, left));
        }
        return sizes;
    }

    @Test
    void aChunkComesInSlicesOfItsSize() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().slicer("cut", DOWNSTREAM, 10, 200 * MICROS);
        TestClient client = connect(proxy);
        client.say("x".repeat(40));
        assertThat(slices(client, 40)).containsExactly(10, 10, 10, 10);
    }

    @Test
    void slicesVaryByNoMoreThanTheyMay() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().slicer("cut", DOWNSTREAM, 100, 100 * MICROS).setSizeVariation(20);
        TestClient client = connect(proxy);
        client.say("x".repeat(800));
        List<Integer> slices = slices(client, 800);
        assertThat(slices).hasSizeBetween(5, 20);
        assertThat(slices.stream().distinct().count()).as("of different sizes").isGreaterThan(1);
    }

    @Test
    void aPauseFollowsEachSlice() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().slicer("cut", UPSTREAM, 10, 50 * MICROS);
        TestClient client = connect(proxy);
        Duration took = took(() -> assertThat(client.ask("x".repeat(80))).hasSize(80));
        assertThat(took).isBetween(Duration.ofMillis(7 * 50 - 5), Duration.ofSeconds(3));
    }

    @Test
    void aChunkOfLessThanItsSizeIsLeftWhole() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().slicer("cut", DOWNSTREAM, 100, 100 * MICROS);
        TestClient client = connect(proxy);
        client.say("x".repeat(80));
        assertThat(slices(client, 80)).containsExactly(80);
    }

    @Test
    void sixteenMegabytesArriveWholeAndInOrder() throws Exception {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().slicer("cut", DOWNSTREAM, 8_000, 0).setSizeVariation(2_000);
        LargeTransfer.assertWhole(connect(proxy));
    }

    @Test
    void theRestOfAChunkComesAtOnceWhenItIsRemoved() throws IOException {
        Proxy proxy = proxyTo(echo());
        var cut = proxy.toxics().slicer("cut", DOWNSTREAM, 10, 60_000_000);
        TestClient client = connect(proxy);
        client.say("x".repeat(40));
        client.hear(10);
        cut.remove();
        assertThat(client.hear(30)).hasSize(30);
    }

    @Test
    void slicesOfNoSizeLeaveChunksWhole() throws IOException {
        useAFreshServer();
        Proxy proxy = proxyTo(echo());
        proxy.toxics().slicer("cut", DOWNSTREAM, 0, 0);
        TestClient client = connect(proxy);
        client.say("hello");
        if (asReal(Difference.A_SLICER_OF_ZERO_DOES_NOTHING)) {
            Until.holds("the server is gone", () -> !answers());
        } else {
            assertThat(client.hear(5)).isEqualTo("hello");
        }
    }

    private boolean answers() {
        try {
            api().get("/version");
            return true;
        } catch (UncheckedIOException _) {
            return false;
        }
    }
}
