package dev.changeover.toxics.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.changeover.toxics.server.TestClient;
import dev.changeover.toxics.server.TestUpstream;
import eu.rekawek.toxiproxy.Proxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class ContainerBackendTest {

    @TempDir
    private Path folder;

    private ToxiproxyBackend container(Map<String, String> environment) throws IOException {
        try {
            return new Backends(environment, folder).open(new BackendChoice.Container(), 1, _ -> {});
        } catch (BackendMissingException e) {
            return Assumptions.abort("no container engine here: " + e.getMessage());
        }
    }

    @Test
    void aContainerPassesBytesOnAndIsGoneOnceItIsClosed() throws IOException {
        ToxiproxyBackend backend = container(System.getenv());
        try (backend;
                TestUpstream upstream = TestUpstream.echo()) {
            Proxy proxy = backend.createProxy("old", "127.0.0.1:0", upstream.address());
            assertThat(proxy.getListen()).startsWith("127.0.0.1:");
            try (TestClient client = TestClient.of(proxy)) {
                assertThat(client.ask("hello")).isEqualTo("hello");
            }
            assertThat(backend.description()).startsWith("container ").contains("(version ");
            assertThat(backend.failure()).isEmpty();
        }
        assertThatThrownBy(() -> new Socket("127.0.0.1", backend.api().getPort()).close())
                .isInstanceOf(ConnectException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anImageThatCannotBeHadIsNamed() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("CHANGEOVER_TOXIPROXY_IMAGE", "localhost:1/no-such-image:1");

        Throwable thrown = catchThrowable(() -> container(environment).close());
        if (thrown instanceof TestAbortedException noEngine) {
            throw noEngine;
        }
        assertThat(thrown)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("container localhost:1/no-such-image:1 could not be started");
        assertThat(folder).isEmptyDirectory();
    }
}
