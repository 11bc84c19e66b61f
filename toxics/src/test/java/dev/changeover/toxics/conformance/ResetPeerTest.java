package dev.changeover.toxics.conformance;

import static dev.changeover.toxics.conformance.Timing.assertTook;
import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.toxics.server.TestClient;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResetPeerTest extends OverEveryBackend {

    private static void assertReset(TestClient client) {
        assertThatThrownBy(client::atEnd).isInstanceOf(SocketException.class).hasMessageContaining("reset");
    }

    @ParameterizedTest
    @EnumSource
    void theClientSeesAResetAtTheFirstData(ToxicDirection stream) throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().resetPeer("broken", stream, 0);
        TestClient client = connect(proxy);
        client.say("hello");
        assertReset(client);
    }

    @Test
    void theResetComesItsTimeAfterTheData() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().resetPeer("broken", UPSTREAM, 200);
        TestClient client = connect(proxy);
        client.say("hello");
        assertTook(200, () -> assertReset(client));
    }

    @Test
    void theUpstreamSeesAResetToo() throws Exception {
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Proxy proxy = proxyTo(upstreamThat(c -> {
            try {
                seen.add("read " + c.getInputStream().read());
            } catch (SocketException e) {
                seen.add(e.getMessage());
            }
        }));
        proxy.toxics().resetPeer("broken", UPSTREAM, 0);
        connect(proxy).say("hello");
        assertThat(seen.poll(20, TimeUnit.SECONDS)).contains("reset");
    }

    @Test
    void aSilentConnectionIsLeftAlone() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().resetPeer("broken", UPSTREAM, 0);
        assertThat(connect(proxy).hearsNothing()).isTrue();
    }

    @Test
    void theDataThatSetItOffIsDropped() throws Exception {
        LinkedBlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        Proxy proxy = proxyTo(upstreamThat(c -> heard.add(c.getInputStream().read())));
        proxy.toxics().resetPeer("broken", UPSTREAM, 0);
        TestClient client = connect(proxy);
        client.say("hello");
        assertReset(client);
        assertThat(heard.poll(150, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void anEndSetsItOffToo() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().resetPeer("broken", UPSTREAM, 0);
        TestClient client = connect(proxy);
        client.socket().shutdownOutput();
        assertReset(client);
    }

    @Test
    void aConnectionOlderThanItIsResetToo() throws IOException {
        Proxy proxy = proxyTo(echo());
        TestClient old = connect(proxy);
        old.ask("warm");
        proxy.toxics().resetPeer("broken", DOWNSTREAM, 0);
        old.say("hello");
        if (asReal(Difference.OLD_CONNECTIONS_ARE_RESET_TOO)) {
            assertThat(old.atEnd()).isTrue();
        } else {
            assertReset(old);
        }
    }

    @Test
    void connectionsAfterItsRemovalAreWhole() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().resetPeer("broken", UPSTREAM, 0).remove();
        assertThat(connect(proxy).ask("hello")).isEqualTo("hello");
    }
}
