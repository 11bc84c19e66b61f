package dev.changeover.toxics.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.rekawek.toxiproxy.Proxy;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that get no chance to undo anything.
class KilledRunTest {

    @TempDir
    private Path folder;

    /// Runs it until its proxy is there, then kills it as `kill -9` does.
    ///
    /// @return where the API of its Toxiproxy is, or was
    private URI killedRunOn(String backend) throws IOException, InterruptedException {
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RunToBeKilled.class.getName(),
                        backend,
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader says = run.inputReader()) {
            String said = String.valueOf(says.readLine());
            Assumptions.assumeFalse(said.startsWith("missing "), said);
            assertThat(said).startsWith("ready ");
            return URI.create(said.substring("ready ".length()));
        } finally {
            run.destroyForcibly().waitFor();
        }
    }

    private List<String> undo() {
        return new Backends(Map.of(), folder).undoDeadRuns().told();
    }

    private static void assertNobodyListens(URI api) {
        assertThatThrownBy(() -> new Socket(api.getHost(), api.getPort()).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void aBinaryIsEnded() throws IOException, InterruptedException {
        URI api = killedRunOn("binary");

        // it may have died of its broken pipe by then
        undo();

        assertNobodyListens(api);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aContainerIsRemoved() throws IOException, InterruptedException {
        URI api = killedRunOn("container");

        assertThat(undo()).singleElement().asString().contains("the container changeover-", "it is gone now");

        assertNobodyListens(api);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void proxiesOnASharedServerAreDeleted() throws IOException, InterruptedException {
        try (EmbeddedBackend shared = EmbeddedBackend.start(1, _ -> {})) {
            shared.client().createProxy("theirs", "127.0.0.1:0", "127.0.0.1:1");
            killedRunOn("remote=" + shared.api());
            assertThat(shared.client().getProxies()).hasSize(2);

            assertThat(undo()).singleElement().asString().contains("-old at " + shared.api(), "it is gone now");

            assertThat(shared.client().getProxies()).extracting(Proxy::getName).containsExactly("theirs");
        }
        assertThat(folder).isEmptyDirectory();
    }
}
