package dev.changeover.toxics.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a port is released before it is listened on")
class HeldPortTest {

    static Stream<Transport> transports() {
        return Stream.of(Transport.best(), Transport.nio());
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aPortIsHeldBesideItsListenerAndAfterIt(Transport transport) throws Exception {
        HeldPort held = new HeldPort();
        InetSocketAddress port = held.hold(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .orElseThrow();
        try (DataPath path = new DataPath(transport)) {
            var listening = path.listen(port, client -> client.close());
            assertThat(held.held()).contains(port);
            path.stopListening(listening);
            assertThatThrownBy(() -> takeWithoutReuse(port)).isInstanceOf(BindException.class);
            path.stopListening(path.listen(port, client -> client.close()));
        }
        held.release();
        takeWithoutReuse(port);
    }

    @Test
    void aPortThatSomebodyListensOnIsNotHeld() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HeldPort held = new HeldPort();
            assertThat(held.hold((InetSocketAddress) other.getLocalSocketAddress()))
                    .isEmpty();
            assertThat(held.held()).isEmpty();
        }
    }

    /// As an outgoing connection would: one that asks for nothing special.
    private static void takeWithoutReuse(InetSocketAddress port) throws Exception {
        try (ServerSocket taker = new ServerSocket()) {
            taker.setReuseAddress(false);
            taker.bind(port);
        }
    }
}
