package dev.changeover.toxics.conformance;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.TestClient;
import eu.rekawek.toxiproxy.Proxy;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What waits for nobody: the API for a connection that is stuck, one client for another. On servers of their own,
/// since the real one does not come back from some of it.
class StallsTest extends OverEveryBackend {

    private static final Duration SOON = Duration.ofSeconds(3);

    @Test
    void aClientWhoseUpstreamIsSlowToAnswerHoldsUpNoOther() throws Exception {
        useAFreshServer();
        SilentUpstream upstream = closing(SilentUpstream.open());
        Proxy proxy = client().createProxy("p", "127.0.0.1:0", upstream.address());

        connect(proxy);
        upstream.awaitKnock();
        connect(proxy);

        assertThat(upstream.isAskedBy(2)).isEqualTo(differs(Difference.A_SLOW_DIAL_STALLS_NOBODY, false, true));
    }

    @Test
    void aProxyWhoseUpstreamIsSlowToAnswerCanBeDisabled() throws Exception {
        useAFreshServer();
        SilentUpstream upstream = closing(SilentUpstream.open());
        Proxy proxy = client().createProxy("p", "127.0.0.1:0", upstream.address());
        connect(proxy);
        upstream.awaitKnock();

        assertThat(api().answersWithin(SOON, "PATCH", "/proxies/p", "{\"enabled\":false}"))
                .isEqualTo(differs(Difference.A_SLOW_DIAL_STALLS_NOBODY, false, true));
    }

    @Test
    void aToxicCanBeRemovedFromAConnectionThatNobodyReads() throws Exception {
        useAFreshServer();
        LinkedBlockingQueue<Integer> written = new LinkedBlockingQueue<>();
        Proxy proxy = proxyTo(upstreamThat(c -> {
            byte[] piece = new byte[64 * 1024];
            for (int i = 0; i < 4_096; i++) {
                c.getOutputStream().write(piece);
                written.add(i);
            }
        }));
        proxy.toxics().latency("slow", DOWNSTREAM, 1);
        TestClient client = connect(proxy);
        while (written.poll(500, TimeUnit.MILLISECONDS) != null) {
            // until all buffers are full
        }

        assertThat(api().answersWithin(SOON, "DELETE", "/proxies/p/toxics/slow", ""))
                .isEqualTo(differs(Difference.A_STUCK_CONNECTION_STALLS_NO_CHANGE, false, true));
        assertThat(client.hear(1)).hasSize(1);
    }
}
