package dev.changeover.toxics.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.toxics.server.TestClient;
import dev.changeover.toxics.server.TestUpstream;
import eu.rekawek.toxiproxy.Proxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerBackendTest {

    @TempDir
    private Path folder;

    private ToxiproxyBackend container() throws IOException {
        try {
            return new Backends(System.getenv(), folder).open(new BackendChoice.Container(), 1, _ -> {});
        } catch (BackendMissingException e) {
            return Assumptions.abort("no container of Toxiproxy here: " + e.getMessage());
        }
    }

    private static void requireEngine() {
        try {
            ContainerEngine.client();
        } catch (BackendMissingException e) {
            Assumptions.abort("no container engine here: " + e.getMessage());
        }
    }

    @Test
    void aContainerPassesBytesOnAndIsGoneOnceItIsClosed() throws IOException {
        ToxiproxyBackend backend = container();
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
        requireEngine();
        Backends backends = new Backends(Map.of("CHANGEOVER_TOXIPROXY_IMAGE", "localhost:1/no-such-image:1"), folder);

        assertThatThrownBy(() -> backends.open(new BackendChoice.Container(), 1, _ -> {}))
                .isInstanceOf(BackendMissingException.class)
                .hasMessageContaining("the image localhost:1/no-such-image:1 is not here and cannot be pulled");
        assertThat(folder).isEmptyDirectory();
    }
}
