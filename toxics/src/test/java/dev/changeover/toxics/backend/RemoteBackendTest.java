package dev.changeover.toxics.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.changeover.toxics.server.TestClient;
import dev.changeover.toxics.server.TestUpstream;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shared server is an embedded one here: the backend knows it by its API alone.
class RemoteBackendTest {

    @TempDir
    private Path folder;

    private EmbeddedBackend shared;
    private ToxiproxyClient everybody;

    @BeforeEach
    void start() {
        shared = EmbeddedBackend.start(1, _ -> {});
        everybody = shared.client();
    }

    @AfterEach
    void stop() {
        shared.close();
    }

    private ToxiproxyBackend remote() throws IOException {
        return remote(shared.api());
    }

    private ToxiproxyBackend remote(URI server) throws IOException {
        return new Backends(Map.of(), folder).open(new BackendChoice.Remote(server), 1, _ -> {});
    }

    @Test
    void twoRunsShareAServer() throws IOException {
        try (ToxiproxyBackend one = remote();
                ToxiproxyBackend other = remote();
                TestUpstream upstream = TestUpstream.echo()) {
            Proxy ofOne = one.createProxy("old", "127.0.0.1:0", upstream.address());
            Proxy ofOther = other.createProxy("old", "127.0.0.1:0", upstream.address());

            assertThat(ofOne.getName()).matches("changeover-[0-9a-f-]{36}-old").isNotEqualTo(ofOther.getName());
            try (TestClient client = TestClient.of(ofOne)) {
                assertThat(client.ask("hello")).isEqualTo("hello");
            }
        }
    }

    @Test
    void onlyOurOwnProxiesAreTakenAway() throws IOException {
        Proxy theirs = everybody.createProxy("old", "127.0.0.1:0", "127.0.0.1:1");
        theirs.toxics().latency("slow", ToxicDirection.DOWNSTREAM, 100);
        theirs.disable();
        ToxiproxyBackend backend = remote();
        backend.createProxy("old", "127.0.0.1:0", "127.0.0.1:1");
        backend.createProxy("new", "127.0.0.1:0", "127.0.0.1:1");
        assertThat(everybody.getProxies()).hasSize(3);

        backend.close();

        assertThat(everybody.getProxies())
                .singleElement()
                .satisfies(left -> assertThat(left.getName()).isEqualTo("old"));
        assertThat(everybody.getProxy("old").isEnabled()).isFalse();
        assertThat(everybody.getProxy("old").toxics().getAll()).hasSize(1);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void itIsDescribedByItsAddressAndVersion() throws IOException {
        try (ToxiproxyBackend backend = remote()) {
            assertThat(backend.description()).isEqualTo("remote %s (version 2.12.0)".formatted(shared.api()));
            assertThat(backend.tellsOfConnections()).isFalse();
        }
    }

    @Test
    void aServerThatTellsItsVersionAndHangsIsGivenUp() throws IOException {
        HttpServer hung = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hung.createContext("/", _ -> {}); // answers nothing
        hung.createContext("/version", asked -> {
            asked.sendResponseHeaders(200, 0);
            try (OutputStream out = asked.getResponseBody()) {
                out.write("2.1.4".getBytes(StandardCharsets.UTF_8));
            }
        });
        hung.start();
        URI address = URI.create("http://127.0.0.1:" + hung.getAddress().getPort());
        assertThatThrownBy(() -> remote(address))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no answer");
        hung.stop(0);
    }

    @Test
    void nobodyThereIsSaidAtOnce() {
        assertThatThrownBy(() -> remote(URI.create("http://127.0.0.1:1")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no Toxiproxy can be used at http://127.0.0.1:1")
                .hasMessageContaining("Connection refused");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aServerThatDiesIsNoticedAndItsProxiesAreRememberedForTheNextStart() throws IOException {
        ToxiproxyBackend backend = remote();
        backend.createProxy("old", "127.0.0.1:0", "127.0.0.1:1");
        assertThat(backend.failure()).isEmpty();
        shared.close();

        assertThat(backend.failure()).get().asString().contains("answers no longer");
        backend.close();
        assertThat(new DeadRuns(folder).undo().told())
                .anySatisfy(told -> assertThat(told).contains("-old at").contains("the next start tries again"));
    }
}
