package dev.changeover.toxics.conformance;

import dev.changeover.toxics.backend.ToxiproxyBackend;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// The real server as a process of ours, on a free port.
final class RealServer implements ToxiproxyBackend {

    private final Process process;
    private final int port;

    private RealServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static RealServer start(String... options) {
        Path binary = find();
        try {
            int port = freePort();
            List<String> command = Stream.concat(
                            Stream.of(binary.toString(), "-host", "127.0.0.1", "-port", String.valueOf(port)),
                            Stream.of(options))
                    .toList();
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            RealServer server = new RealServer(process, port);
            Until.holds("the real server answers", () -> server.answers());
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try {
            client().version();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static Path find() {
        return Stream.of(
                        System.getenv().getOrDefault("TOXIPROXY_BIN", ""),
                        System.getProperty("user.home") + "/go/bin/server")
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new TestAbortedException("no Toxiproxy: set TOXIPROXY_BIN"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public ToxiproxyClient client() {
        return new ToxiproxyClient("127.0.0.1", port);
    }

    @Override
    public URI api() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public String description() {
        return "binary";
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
