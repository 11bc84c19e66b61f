package dev.changeover.gateways;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A program of `scenarios/gateways`, started from its source as a scenario starts it.
final class StartedProgram implements AutoCloseable {

    static final Path FOLDER = Path.of("gateways").toAbsolutePath();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> environment;
    private final Path work;
    private final int port;
    private final Process process;

    StartedProgram(String name, Path work, Map<String, String> settings) throws Exception {
        this.work = work;
        this.port = freePort();
        this.environment = new TreeMap<>(settings);
        environment.put("PORT", Integer.toString(port));
        environment.put("WORK", work.toString());
        environment.put("JAVA", JAVA);
        environment.put("KEY", "the-key");
        process = begin(List.of(JAVA, FOLDER.resolve(name).toString()), Map.of());
        await(() -> get("/health").statusCode() == 200);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Asks until it holds; refused connections mean not yet.
    void await(Condition condition) throws Exception {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException _) {
                // not up yet
            }
            if (System.nanoTime() > until) {
                throw new AssertionError("it never held; the program wrote: " + log());
            }
            Thread.sleep(50);
        }
    }

    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, Duration patience) throws IOException, InterruptedException {
        return client.send(request(path).timeout(patience).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
        return client.send(
                request(path).PUT(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> ask(String model, boolean stream) {
        return asking(model, stream).join();
    }

    CompletableFuture<HttpResponse<String>> asking(String model, boolean stream) {
        String body = "{\"model\":\"%s\",\"stream\":%b,\"user\":\"changeover-q1\"}".formatted(model, stream);
        return client.sendAsync(
                request("/v1/chat/completions")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// Runs a script of the folder to its end.
    ///
    /// @return its exit code
    int run(String script, Map<String, String> settings) throws Exception {
        Process running = begin(List.of("sh", FOLDER.resolve(script).toString()), settings);
        if (!running.waitFor(120, TimeUnit.SECONDS)) {
            running.destroyForcibly();
        }
        return running.exitValue();
    }

    String log() throws IOException {
        return Files.readString(work.resolve("log"));
    }

    static boolean hasShellAndCurl() {
        try {
            return new ProcessBuilder("sh", "-c", "command -v curl")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException _) {
            return false;
        }
    }

    private Process begin(List<String> command, Map<String, String> settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(work.resolve("log").toFile()));
        builder.environment().putAll(environment);
        builder.environment().putAll(settings);
        return builder.start();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join().destroyForcibly();
        client.shutdownNow();
    }
}
