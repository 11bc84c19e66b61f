package dev.changeover.cli;

import dev.changeover.toxics.server.ProxyFile;
import dev.changeover.toxics.server.ProxyFileException;
import dev.changeover.toxics.server.ServerOptions;
import dev.changeover.toxics.server.ToxiproxyServer;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "toxiproxy",
        description = "Serves a Toxiproxy to any client in any language, until it is interrupted.",
        subcommands = ToxiproxyUndoCommand.class)
final class ToxiproxyCommand implements Callable<Integer> {

    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Where the API listens, on the loopback. ${DEFAULT-VALUE} else.")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8474",
            description = "Its port; 0 is a free one. ${DEFAULT-VALUE} else.")
    private int port;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The proxies to start with: a JSON array, as the real server's -config, with toxics in each.")
    private Path config;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of everything that is random. ${DEFAULT-VALUE} else.")
    private long seed;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ProxyFileException, InterruptedException {
        requireLoopback();
        requirePort();
        ProxyFile proxies = config == null ? ProxyFile.none() : ProxyFile.read(config);
        String address = host.equals("localhost") ? ServerOptions.LOOPBACK : host;
        try (ToxiproxyServer server = ToxiproxyServer.start(new ServerOptions(address, port, seed, proxies), _ -> {})) {
            tell(address, server.port(), proxies.size());
            serveUntilInterrupted(server);
        }
        return ExitCode.INTERRUPTED;
    }

    private void tell(String address, int listening, int proxies) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "toxiproxy: http://%s:%d speaks the API of Toxiproxy %s; proxies: %d, seed %d%n",
                address.contains(":") ? "[" + address + "]" : address,
                listening,
                ToxiproxyServer.version(),
                proxies,
                seed);
        out.printf("    where it differs from the real server: docs/toxiproxy.md%n");
        out.flush();
    }

    /// The process ends when the hook has closed everything: with 130 after Ctrl-C, with 143 after SIGTERM.
    private static void serveUntilInterrupted(ToxiproxyServer server) throws InterruptedException {
        Thread onInterrupt = Thread.ofPlatform().name("on-interrupt").unstarted(() -> {
            server.close();
            System.err.printf("%ninterrupted; every proxy is closed%n");
        });
        try {
            Runtime.getRuntime().addShutdownHook(onInterrupt);
        } catch (IllegalStateException _) {
            // the process is being ended already
            return;
        }
        new CountDownLatch(1).await();
    }

    private void requireLoopback() {
        if (!isLoopback()) {
            throw new UserError(
                    "--host %s: only the loopback is listened on%n    write 127.0.0.1, ::1 or localhost, or leave it out"
                            .formatted(host));
        }
    }

    private boolean isLoopback() {
        try {
            return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private void requirePort() {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new UserError(
                    "--port %d: no such port%n    write 0 to %d, or leave it out".formatted(port, HIGHEST_PORT));
        }
    }
}
