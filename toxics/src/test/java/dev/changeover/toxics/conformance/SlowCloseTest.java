package dev.changeover.toxics.conformance;

import static dev.changeover.toxics.conformance.Timing.assertTook;
import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.TestClient;
import eu.rekawek.toxiproxy.Proxy;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlowCloseTest extends OverEveryBackend {

    private static final long HOUR_MILLIS = 3_600_000;

    @Test
    void theEndFromTheUpstreamComesLateAndTheDataDoesNot() throws IOException {
        Proxy proxy = proxyTo(upstreamThat(c -> {
            c.getInputStream().read();
            c.getOutputStream().write("bye".getBytes());
        }));
        proxy.toxics().slowClose("slow", DOWNSTREAM, 300);
        TestClient client = connect(proxy);
        client.say("x");
        assertThat(client.hear(3)).isEqualTo("bye");
        assertTook(250, () -> assertThat(client.atEnd()).isTrue());
    }

    @Test
    void theEndFromTheClientComesLateToTheUpstream() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Proxy proxy = proxyTo(upstreamThat(c -> {
            c.getInputStream().readAllBytes();
            ended.countDown();
        }));
        proxy.toxics().slowClose("slow", UPSTREAM, 300);
        TestClient client = connect(proxy);
        client.say("bye");
        client.socket().shutdownOutput();
        assertThat(ended.await(200, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void messagesPassAsIfItWereNotThere() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().slowClose("up", UPSTREAM, HOUR_MILLIS);
        proxy.toxics().slowClose("down", DOWNSTREAM, HOUR_MILLIS);
        assertThat(connect(proxy).ask("hello")).isEqualTo("hello");
    }

    @Test
    void anEndThatItHoldsComesWhenItIsRemoved() throws IOException {
        Proxy proxy = proxyTo(upstreamThat(c -> c.getOutputStream().write("bye".getBytes())));
        var slow = proxy.toxics().slowClose("slow", DOWNSTREAM, HOUR_MILLIS);
        TestClient client = connect(proxy);
        assertThat(client.hear(3)).isEqualTo("bye");
        assertThat(client.hearsNothing()).isTrue();

        slow.remove();

        assertThat(client.atEnd()).isTrue();
    }
}
