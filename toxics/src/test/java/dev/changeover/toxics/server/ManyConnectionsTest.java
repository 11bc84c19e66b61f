package dev.changeover.toxics.server;

import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.UnixOperatingSystemMXBean;
import eu.rekawek.toxiproxy.Proxy;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class ManyConnectionsTest {

    private static final int CONNECTIONS = 5_000;
    private static final int SOCKETS_EACH = 2;
    private static final int OTHER_FILES = 500;

    @Test
    void fiveThousandConnectionsNeedNoThreadsOfTheirOwn() throws Exception {
        assumeThat(
                        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                                ? system.getMaxFileDescriptorCount()
                                : Long.MAX_VALUE)
                .as("files that a process may have open here")
                .isGreaterThan(CONNECTIONS * SOCKETS_EACH + OTHER_FILES);
        try (WatchedServer server = new WatchedServer()) {
            try (Crowd crowd = Crowd.start()) {
                Proxy proxy = server.proxy("p", "127.0.0.1:" + crowd.number());
                proxy.toxics().latency("slow", UPSTREAM, 5);
                int threadsBefore = threads();
                crowd.tell(port(proxy));
                crowd.tell(CONNECTIONS);
                assertThat(crowd.number()).isEqualTo(CONNECTIONS);
                assertThat(threads()).isLessThan(threadsBefore + 10);
                assertThat(server.heldBytes()).isZero();

                crowd.tell(0);
                assertThat(crowd.number()).isEqualTo(CONNECTIONS);
                assertThat(threads()).isLessThan(threadsBefore + 10);

                proxy.toxics().get("slow").remove();
            }
            server.holdsNothingAfter(CONNECTIONS);
        }
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static int port(Proxy proxy) {
        String listen = proxy.getListen();
        return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    }
}
