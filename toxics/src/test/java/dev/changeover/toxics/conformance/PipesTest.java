package dev.changeover.toxics.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.toxics.server.TestClient;
import dev.changeover.toxics.server.TestUpstream;
import eu.rekawek.toxiproxy.Proxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A proxy without toxics: what a connection through it is like.
class PipesTest extends OverEveryBackend {

    @Test
    void sixteenMegabytesArriveWholeBothWaysAtOnce() throws Exception {
        LargeTransfer.assertWhole(connect(proxyTo(echo())));
    }

    @Test
    void aThousandMessagesComeBackOneByOne() throws Exception {
        TestClient client = connect(proxyTo(echo()));
        for (int i = 0; i < 1_000; i++) {
            String message = "message " + i;
            assertThat(client.ask(message)).isEqualTo(message);
        }
    }

    @Test
    void twoHundredConnectionsAtOnceDoNotMixTheirBytes() throws Exception {
        Proxy proxy = proxyTo(echo());
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            clients.add(connect(proxy));
            clients.get(i).say("client %03d".formatted(i));
        }
        for (int i = 0; i < 200; i++) {
            assertThat(clients.get(i).hear(10)).isEqualTo("client %03d".formatted(i));
        }
    }

    @Test
    void aReaderThatDoesNotReadStopsTheWriter() throws Exception {
        LinkedBlockingQueue<Integer> written = new LinkedBlockingQueue<>();
        byte[] piece = new byte[64 * 1024];
        TestUpstream upstream = upstreamThat(c -> {
            for (int i = 0; i < 4_096; i++) {
                c.getOutputStream().write(piece);
                written.add(i);
            }
        });
        TestClient client = connect(proxyTo(upstream));
        int pieces = 0;
        while (written.poll(500, TimeUnit.MILLISECONDS) != null) {
            pieces++;
        }
        assertThat(pieces).as("of 256 MiB the buffers between hold a few").isLessThan(512);
        assertThat(client.hear(1)).hasSize(1);
    }

    @Test
    void aHalfClosedConnectionStillAnswers() throws Exception {
        TestUpstream upstream = upstreamThat(c -> {
            int heard = c.getInputStream().readAllBytes().length;
            c.getOutputStream().write(("heard " + heard).getBytes());
        });
        TestClient client = connect(proxyTo(upstream));
        client.say("question");
        client.socket().shutdownOutput();

        assertThat(client.hear(100)).isEqualTo(differs(Difference.HALF_CLOSE_IS_KEPT, "", "heard 8"));
    }

    @Test
    void anEndFromTheUpstreamIsAnEndNotAReset() throws Exception {
        TestClient client =
                connect(proxyTo(upstreamThat(c -> c.getOutputStream().write("bye".getBytes()))));
        assertThat(client.hear(100)).isEqualTo("bye");
        assertThat(client.atEnd()).isTrue();
    }

    @Test
    void anEndFromTheClientReachesTheUpstream() throws Exception {
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        TestUpstream upstream =
                upstreamThat(c -> heard.add(new String(c.getInputStream().readAllBytes())));
        TestClient client = connect(proxyTo(upstream));
        client.say("bye");
        client.close();
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("bye");
    }

    @Test
    void aResetByTheUpstreamIsPassedOn() throws Exception {
        TestClient client = connect(proxyTo(upstreamThat(c -> {
            c.getInputStream().read();
            c.setSoLinger(true, 0);
        })));
        client.say("x");
        if (asReal(Difference.RESETS_ARE_PASSED_ON)) {
            assertThat(client.atEnd()).isTrue();
        } else {
            assertThatThrownBy(client::atEnd)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void anUpstreamThatIsDownLooksLikeConnectThenEnd() throws Exception {
        TestClient client = connect(client().createProxy("p", "127.0.0.1:0", "127.0.0.1:" + closedPort()));
        assertThat(client.atEnd()).isTrue();
    }

    @Test
    void anUpstreamThatCannotBeResolvedLooksLikeConnectThenEnd() throws Exception {
        TestClient client = connect(client().createProxy("p", "127.0.0.1:0", "no-such-host.invalid:80"));
        assertThat(client.atEnd()).isTrue();
    }

    @Test
    void anUpstreamMayBeNamed() throws Exception {
        String port = echo().address().split(":")[1];
        TestClient client = connect(client().createProxy("p", "127.0.0.1:0", "localhost:" + port));
        assertThat(client.ask("hello")).isEqualTo("hello");
    }

    @Test
    void aDisabledProxyRefusesAndClosesWhatIsOpen() throws Exception {
        Proxy proxy = proxyTo(echo());
        TestClient open = connect(proxy);
        open.ask("warm");

        proxy.disable();

        assertThat(open.atEnd()).isTrue();
        assertThatThrownBy(() -> connect(proxy)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aProxyEnabledAgainListensWhereItDid() throws Exception {
        Proxy proxy = proxyTo(echo());
        String before = proxy.getListen();

        proxy.disable();
        proxy.enable();

        assertThat(proxy.getListen()).isEqualTo(before);
        assertThat(connect(proxy).ask("again")).isEqualTo("again");
    }

    @Test
    void aDeletedProxyRefusesAndClosesWhatIsOpen() throws Exception {
        Proxy proxy = proxyTo(echo());
        TestClient open = connect(proxy);
        open.ask("warm");

        proxy.delete();

        assertThat(open.atEnd()).isTrue();
        assertThatThrownBy(() -> connect(proxy)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aChangedUpstreamClosesWhatIsOpenAndServesFromThenOn() throws Exception {
        Proxy proxy = proxyTo(echo());
        TestClient open = connect(proxy);
        open.ask("warm");

        proxy.setUpstream(
                upstreamThat(c -> c.getOutputStream().write("two".getBytes())).address());

        assertThat(open.atEnd()).isTrue();
        assertThat(connect(proxy).hear(3)).isEqualTo("two");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
