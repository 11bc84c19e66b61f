package dev.changeover.benchmarks.replay;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// nginx that answers every request at once with the same completion: a server that nobody here wrote.
final class Nginx implements Server {

    private static final long START_NANOS = 10_000_000_000L;
    private static final String CONFIGURATION = """
        daemon off; worker_processes 1; pid @folder@/pid; error_log @folder@/error.log crit;
        events { worker_connections 4096; }
        http {
          access_log off; keepalive_requests 100000000; client_body_temp_path @folder@/body;
          server {
            listen 127.0.0.1:@port@;
            location = /counters { stub_status; }
            location / {
              default_type application/json;
              return 200 '{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-4.1","choices":[{"index":0,"message":{"role":"assistant","content":" a few words"},"finish_reason":"stop"}],"usage":{"prompt_tokens":40,"completion_tokens":3,"total_tokens":43}}';
            }
          }
        }
        """;

    private final Pinned process;
    private final int port;
    private long asked;

    private Nginx(Pinned process, int port) {
        this.process = process;
        this.port = port;
    }

    static Nginx start(Path program, Path folder) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path file = folder.resolve("nginx.conf");
        Files.writeString(
                file, CONFIGURATION.replace("@folder@", folder.toString()).replace("@port@", Integer.toString(port)));
        Pinned process = Pinned.start(
                Pinned.SERVER_CORE,
                List.of(program.toString(), "-p", folder.toString(), "-c", file.toString()),
                ProcessBuilder.Redirect.DISCARD);
        Nginx nginx = new Nginx(process, port);
        nginx.awaitReady();
        return nginx;
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_NANOS;
        while (true) {
            try {
                counters();
                return;
            } catch (ConnectException e) {
                if (System.nanoTime() > deadline) {
                    close();
                    throw new IllegalStateException("nginx does not answer", e);
                }
                Thread.sleep(20);
            }
        }
    }

    @Override
    public int port() {
        return port;
    }

    /// The third number of its third line: all requests so far, those that asked for it too.
    @Override
    public Counters counters() throws IOException, InterruptedException {
        String[] numbers = Server.get(port, "/counters")
                .lines()
                .skip(2)
                .findFirst()
                .orElseThrow()
                .strip()
                .split(" +");
        asked++;
        return new Counters(Long.parseLong(numbers[2]) - asked, 0);
    }

    @Override
    public void close() {
        process.close();
    }
}
