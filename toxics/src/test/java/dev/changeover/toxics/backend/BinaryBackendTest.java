package dev.changeover.toxics.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.toxics.server.TestClient;
import dev.changeover.toxics.server.TestUpstream;
import eu.rekawek.toxiproxy.Proxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryBackendTest {

    @TempDir
    private Path folder;

    private ToxiproxyBackend real() throws IOException {
        return start(realBinary());
    }

    private ToxiproxyBackend start(Path binary) throws IOException {
        return new Backends(Map.of(), folder.resolve("journals")).binary(binary);
    }

    private static Path realBinary() {
        try {
            return new BinarySearch(System.getenv()).find();
        } catch (BackendMissingException e) {
            return Assumptions.abort("no real Toxiproxy here: " + e.getMessage());
        }
    }

    private Path program(String name, String script) throws IOException {
        Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void theRealServerPassesBytesOn() throws IOException {
        try (ToxiproxyBackend backend = real();
                TestUpstream upstream = TestUpstream.echo()) {
            Proxy proxy = backend.createProxy("old", "127.0.0.1:0", upstream.address());
            try (TestClient client = TestClient.of(proxy)) {
                assertThat(client.ask("hello")).isEqualTo("hello");
            }
            assertThat(backend.description()).startsWith("binary ");
            assertThat(backend.failure()).isEmpty();
        }
    }

    @Test
    void theServerIsGoneOnceItIsClosed() throws IOException {
        ToxiproxyBackend backend = real();
        backend.close();
        assertThatThrownBy(() -> new Socket("127.0.0.1", backend.api().getPort()).close())
                .isInstanceOf(ConnectException.class);
        assertThat(backend.failure()).get().asString().contains("ended, with code");
    }

    @Test
    void twoServersDoNotMeet() throws IOException {
        try (ToxiproxyBackend one = real();
                ToxiproxyBackend other = real()) {
            one.createProxy("old", "127.0.0.1:0", "127.0.0.1:1");
            assertThat(other.client().getProxies()).isEmpty();
        }
    }

    @Test
    void aProgramThatEndsAtOnceIsQuoted() throws IOException {
        Path broken = program("toxiproxy-server", "echo 'exec format error, sort of'; exit 3");
        assertThatThrownBy(() -> start(broken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(broken.toString())
                .hasMessageContaining("it ended at once, with code 3")
                .hasMessageContaining("exec format error, sort of");
    }

    @Test
    void aProgramThatPrintsWithoutEndIsQuotedInShort() throws IOException {
        Path chatty = program("toxiproxy-server", "head -c 100000000 /dev/zero | tr '\\0' x; echo; echo over; exit 3");
        assertThatThrownBy(() -> start(chatty))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("its last lines:\n    %s...\n    over".formatted("x".repeat(300)));
    }

    @Test
    void aServerThatHangsIsNoticed() throws IOException {
        Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
        ProcessHandle server;
        try (ToxiproxyBackend backend = real()) {
            server = ProcessHandle.current()
                    .children()
                    .filter(child -> !before.contains(child))
                    .findFirst()
                    .orElseThrow();
            new ProcessBuilder("kill", "-s", "STOP", Long.toString(server.pid())).start();
            await(() -> backend.failure().isPresent());
            assertThat(backend.failure()).get().asString().contains("runs, but answers no longer");
        }
        assertThat(server.isAlive()).isFalse();
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.onSpinWait();
        }
    }

    @Test
    void aPortThatIsAlwaysTakenIsGivenUp() throws IOException {
        Path unlucky = program(
                "toxiproxy-server", "echo 'listen tcp 127.0.0.1:1: bind: address already in use'; exec sleep 60");
        assertThatThrownBy(() -> start(unlucky)).hasMessageContaining("taken in between");
    }

    @Test
    void aPortTakenOnceIsTriedAgain() throws IOException {
        Path real = realBinary();
        Path first = folder.resolve("first");
        Path unluckyOnce = program(
                "toxiproxy-server",
                "if mkdir %s; then echo 'bind: address already in use'; exec sleep 60; else exec %s \"$@\"; fi"
                        .formatted(first, real));
        try (ToxiproxyBackend backend = start(unluckyOnce)) {
            assertThat(backend.client().getProxies()).isEmpty();
        }
    }

    @Test
    void theBinaryThatIsNamedIsTaken() throws IOException {
        Path named = program("mine", "exit 0");
        assertThat(new BinarySearch(Map.of("TOXIPROXY_BIN", named.toString(), "PATH", "/usr/bin")).find())
                .isEqualTo(named);
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> new BinarySearch(Map.of("TOXIPROXY_BIN", none.toString())).find())
                .isInstanceOf(BackendMissingException.class)
                .hasMessageContaining("TOXIPROXY_BIN names " + none);
    }

    @Test
    void thePathComesBeforeGo() throws IOException {
        Files.createDirectories(folder.resolve("go"));
        Path onPath = program("toxiproxy-server", "exit 0");
        program("go/toxiproxy-server", "exit 0");
        assertThat(new BinarySearch(Map.of("PATH", "/nowhere:" + folder, "GOBIN", folder + "/go")).find())
                .isEqualTo(onPath);
    }

    @Test
    void aServerInGosFolderMustSayWhatItIs() throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        program("bin/server", "echo some web server");
        Map<String, String> go = Map.of("GOPATH", folder.toString());
        assertThatThrownBy(() -> new BinarySearch(go).find()).isInstanceOf(BackendMissingException.class);

        Path server = program("bin/server", "echo toxiproxy-server version git");
        assertThat(new BinarySearch(go).find()).isEqualTo(server);
    }

    @Test
    void noneIsAnErrorThatSaysWhereItWasLookedForAndHowToInstallIt() {
        assertThatThrownBy(() -> new BinarySearch(Map.of("PATH", "/nowhere", "HOME", "/home/me")).find())
                .isInstanceOf(BackendMissingException.class)
                .hasMessageContaining("no toxiproxy-server on the PATH, nor in Go's folders (/home/me/go/bin)")
                .hasMessageContaining("go install");
    }
}
