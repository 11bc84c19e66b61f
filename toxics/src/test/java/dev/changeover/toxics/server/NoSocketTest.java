package dev.changeover.toxics.server;

import static org.assertj.core.api.Assertions.assertThat;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import io.netty.channel.ChannelException;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// At the limit of open files a client may get the last of them, and its upstream none.
class NoSocketTest {

    /// One that cannot be made.
    public static final class NoSocket extends NioSocketChannel {

        public NoSocket() {
            super(none());
        }

        private static SelectorProvider none() {
            throw new ChannelException("Too many open files");
        }
    }

    @Test
    void aClientForWhoseUpstreamNoSocketCanBeMadeSeesTheEndAndIsForgotten() throws Exception {
        LinkedBlockingQueue<ConnectionRecord> records = new LinkedBlockingQueue<>();
        Transport nio = Transport.nio();
        Transport noDial = new Transport(nio.handlers(), nio.server(), NoSocket.class, nio.buffers());
        try (ToxiproxyServer server = ToxiproxyServer.start(ServerOptions.seeded(1), records::add, noDial)) {
            Proxy proxy =
                    new ToxiproxyClient("127.0.0.1", server.port()).createProxy("p", "127.0.0.1:0", "127.0.0.1:1");
            try (TestClient client = TestClient.of(proxy)) {
                assertThat(client.atEnd()).isTrue();
            }
            assertThat(records.poll(20, TimeUnit.SECONDS)).isNotNull();
        }
    }
}
