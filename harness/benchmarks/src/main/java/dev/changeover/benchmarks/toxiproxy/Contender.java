package dev.changeover.benchmarks.toxiproxy;

import dev.changeover.benchmarks.common.ProcStatus;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A Toxiproxy server under test: a process that is started for the benchmark and stopped after it.
final class Contender implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final ToxiproxyClient client;
    private int proxies;

    private Contender(String name, Process process, ToxiproxyClient client) {
        this.name = name;
        this.process = process;
        this.client = client;
    }

    /// @param command its port is added to it
    static Contender start(String name, List<String> command) throws IOException, InterruptedException {
        int port = freePort();
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of("--port", Integer.toString(port)));
        ProcessBuilder builder = new ProcessBuilder(whole)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // The real server would write a line for each connection.
        builder.environment().put("LOG_LEVEL", "error");
        Contender contender = new Contender(name, builder.start(), new ToxiproxyClient(Net.HOST, port));
        Runtime.getRuntime().addShutdownHook(new Thread(contender.process::destroy));
        contender.awaitReady(whole);
        return contender;
    }

    private void awaitReady(List<String> command) throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                client.version();
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    process.destroyForcibly();
                    throw new IllegalStateException(
                            "%s does not answer; started with: %s".formatted(name, String.join(" ", command)), e);
                }
                Thread.sleep(20);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String name() {
        return name;
    }

    String version() throws IOException {
        return client.version().replaceAll("(?s).*\"version\": *\"(.*?)\".*", "$1");
    }

    /// A way through this server to every service of the upstream.
    Way way(Way direct, ToxicSetting toxic) throws IOException {
        Map<Service, Integer> ports = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            Proxy proxy = client.createProxy("p" + ++proxies, Net.HOST + ":0", Net.HOST + ":" + direct.port(service));
            toxic.set(proxy);
            String listen = proxy.getListen();
            ports.put(service, Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1)));
        }
        return new Way(name, ports, Optional.of(new ProcStatus(process.pid())));
    }

    /// Puts a toxic on a proxy, or leaves it plain.
    interface ToxicSetting {
        void set(Proxy proxy) throws IOException;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
