package dev.changeover.toxics.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// A proxy without toxics, over each transport: as good as no proxy.
@ParameterizedClass
@MethodSource("transports")
class PlainProxyTest {

    private static final int SEVERAL_MEGABYTES = 6 * 1024 * 1024;

    private final Transport transport;
    private final LinkedBlockingQueue<ConnectionRecord> records = new LinkedBlockingQueue<>();
    private ToxiproxyServer server;
    private ToxiproxyClient api;

    PlainProxyTest(Transport transport) {
        this.transport = transport;
    }

    static Stream<Transport> transports() {
        return Stream.of(Transport.best(), Transport.nio());
    }

    @BeforeEach
    void start() {
        server = ToxiproxyServer.start(ServerOptions.seeded(1), records::add, transport);
        api = new ToxiproxyClient("127.0.0.1", server.port());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Proxy proxyTo(TestUpstream upstream) throws IOException {
        return api.createProxy("p", "127.0.0.1:0", upstream.address());
    }

    @Test
    void bytesArriveWholeThoughTheReaderIsSlow() throws Exception {
        byte[] sent = randomBytes();
        try (TestUpstream upstream =
                        TestUpstream.thatDoes(c -> c.getOutputStream().write(sent));
                TestClient client = TestClient.of(proxyTo(upstream))) {
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            byte[] sip = new byte[1021];
            for (int n = client.socket().getInputStream().read(sip);
                    n >= 0;
                    n = client.socket().getInputStream().read(sip)) {
                received.write(sip, 0, n);
                Thread.yield();
            }
            assertThat(received.toByteArray()).isEqualTo(sent);
        }
    }

    @Test
    void bytesArriveWholeInBothDirectionsAtOnce() throws Exception {
        byte[] sent = randomBytes();
        try (TestUpstream upstream = TestUpstream.echo();
                TestClient client = TestClient.of(proxyTo(upstream))) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    client.socket().getOutputStream().write(sent);
                    client.socket().shutdownOutput();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            byte[] received = client.socket().getInputStream().readAllBytes();
            writing.join();
            assertThat(received).isEqualTo(sent);
        }
        ConnectionRecord record = nextRecord();
        assertThat(record.bytesUp()).isEqualTo(SEVERAL_MEGABYTES);
        assertThat(record.bytesDown()).isEqualTo(SEVERAL_MEGABYTES);
        assertThat(record.touched()).isEmpty();
    }

    @Test
    void aReaderThatDoesNotReadStopsTheWriter() throws Exception {
        LinkedBlockingQueue<Integer> written = new LinkedBlockingQueue<>();
        byte[] piece = new byte[64 * 1024];
        try (TestUpstream upstream = TestUpstream.thatDoes(c -> {
                    for (int i = 0; i < 4096; i++) {
                        c.getOutputStream().write(piece);
                        written.add(i);
                    }
                });
                TestClient client = TestClient.of(proxyTo(upstream))) {
            while (written.poll(500, TimeUnit.MILLISECONDS) != null) {
                // until the writer stands still
            }
            assertThat(client.hear(1)).hasSize(1);
        }
        // Of 256 MiB the sockets' buffers and the proxy's hold a few.
        assertThat(nextRecord().bytesDown()).isLessThan(32L * 1024 * 1024);
    }

    @Test
    void aHalfClosedConnectionStillAnswers() throws Exception {
        try (TestUpstream upstream = TestUpstream.thatDoes(c -> {
                    int heard = c.getInputStream().readAllBytes().length;
                    c.getOutputStream().write(("heard " + heard).getBytes());
                });
                TestClient client = TestClient.of(proxyTo(upstream))) {
            client.say("question");
            client.socket().shutdownOutput();

            assertThat(client.hear(100)).isEqualTo("heard 8");
        }
        assertThat(nextRecord().bytesUp()).isEqualTo(8);
    }

    @Test
    void anEndFromTheUpstreamIsAnEndNotAReset() throws Exception {
        try (TestUpstream upstream =
                        TestUpstream.thatDoes(c -> c.getOutputStream().write("bye".getBytes()));
                TestClient client = TestClient.of(proxyTo(upstream))) {
            assertThat(client.hear(100)).isEqualTo("bye");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void aResetByTheUpstreamIsAReset() throws Exception {
        try (TestUpstream upstream = TestUpstream.thatDoes(c -> {
                    c.getInputStream().read();
                    c.setSoLinger(true, 0);
                });
                TestClient client = TestClient.of(proxyTo(upstream))) {
            client.say("x");
            assertThatThrownBy(client::atEnd)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void aResetByTheClientReachesTheUpstream() throws Exception {
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (TestUpstream upstream = TestUpstream.thatDoes(c -> {
            c.getOutputStream().write('x');
            try {
                seen.add("read " + c.getInputStream().read());
            } catch (SocketException e) {
                seen.add(e.getMessage());
            }
        })) {
            TestClient client = TestClient.of(proxyTo(upstream));
            assertThat(client.hear(1)).isEqualTo("x");
            client.socket().setSoLinger(true, 0);
            client.close();
            assertThat(seen.poll(20, TimeUnit.SECONDS)).contains("reset");
        }
        assertThat(nextRecord().bytesDown()).isEqualTo(1);
    }

    @Test
    void anUpstreamThatIsDownLooksLikeConnectThenEnd() throws Exception {
        Proxy proxy = api.createProxy("p", "127.0.0.1:0", "127.0.0.1:" + closedPort());
        try (TestClient client = TestClient.of(proxy)) {
            client.say("hello?");
            assertThat(client.atEnd()).isTrue();
        }
        assertThat(nextRecord().bytesDown()).isZero();
    }

    @Test
    void anUpstreamThatCannotBeResolvedLooksLikeConnectThenEnd() throws Exception {
        Proxy proxy = api.createProxy("p", "127.0.0.1:0", "no-such-host.invalid:80");
        try (TestClient client = TestClient.of(proxy)) {
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void aDisabledProxyRefusesAndClosesWhatIsOpen() throws Exception {
        try (TestUpstream upstream = TestUpstream.echo()) {
            Proxy proxy = proxyTo(upstream);
            TestClient open = TestClient.of(proxy);
            assertThat(open.ask("hello")).isEqualTo("hello");

            proxy.disable();

            assertThat(open.atEnd()).isTrue();
            assertThatThrownBy(() -> TestClient.of(proxy)).isInstanceOf(ConnectException.class);
            assertThat(nextRecord().bytesUp()).isEqualTo(5);
        }
    }

    @Test
    void aProxyEnabledAgainListensWhereItDid() throws Exception {
        try (TestUpstream upstream = TestUpstream.echo()) {
            Proxy proxy = proxyTo(upstream);
            String before = proxy.getListen();

            proxy.disable();
            proxy.enable();

            assertThat(proxy.getListen()).isEqualTo(before);
            try (TestClient client = TestClient.of(proxy)) {
                assertThat(client.ask("again")).isEqualTo("again");
            }
        }
    }

    @Test
    void aDeletedProxyClosesWhatIsOpenAndRefuses() throws Exception {
        try (TestUpstream upstream = TestUpstream.echo()) {
            Proxy proxy = proxyTo(upstream);
            TestClient open = TestClient.of(proxy);
            assertThat(open.ask("hello")).isEqualTo("hello");

            proxy.delete();

            assertThat(open.atEnd()).isTrue();
            assertThatThrownBy(() -> TestClient.of(proxy)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aChangedUpstreamServesFromTheNextConnectionOn() throws Exception {
        try (TestUpstream one = TestUpstream.thatDoes(c -> c.getOutputStream().write('1'));
                TestUpstream two =
                        TestUpstream.thatDoes(c -> c.getOutputStream().write('2'))) {
            Proxy proxy = proxyTo(one);
            String listen = proxy.getListen();

            proxy.setUpstream(two.address());

            assertThat(proxy.getListen()).isEqualTo(listen);
            try (TestClient client = TestClient.of(proxy)) {
                assertThat(client.hear(2)).isEqualTo("2");
            }
        }
    }

    private ConnectionRecord nextRecord() throws InterruptedException {
        ConnectionRecord record = records.poll(20, TimeUnit.SECONDS);
        assertThat(record).as("a connection's record").isNotNull();
        return record;
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static byte[] randomBytes() {
        byte[] bytes = new byte[SEVERAL_MEGABYTES];
        new SplittableRandom(7).nextBytes(bytes);
        return bytes;
    }
}
