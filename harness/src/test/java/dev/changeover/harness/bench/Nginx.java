package dev.changeover.harness.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// nginx as a plain proxy with kept connections, in a folder of its own that is gone afterwards.
final class Nginx implements AutoCloseable {

    private static final String CONFIG = """
        worker_processes auto;
        daemon off;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log;
        events { worker_connections 1024; }
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          tcp_nodelay on;
          keepalive_requests 1000000;
          upstream provider { server 127.0.0.1:%2$d; keepalive 256; keepalive_requests 1000000; }
          server {
            listen 127.0.0.1:%3$d;
            location / {
              proxy_pass http://provider;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
            }
          }
        }
        """;

    private final Path folder;
    private final Process process;
    private final int port;

    private Nginx(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /// The program of that name on the PATH.
    static Optional<Path> onPath() {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .map(entry -> Path.of(entry, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Takes connections when this returns.
    static Nginx start(Path program, int provider) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("changeover-nginx");
        int port = freePort();
        Path config = Files.writeString(folder.resolve("nginx.conf"), CONFIG.formatted(folder, provider, port));
        Process process = new ProcessBuilder(
                        program.toString(),
                        "-p",
                        folder.toString(),
                        "-e",
                        folder + "/error.log",
                        "-c",
                        config.toString())
                .inheritIO()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        Nginx nginx = new Nginx(folder, process, port);
        while (!nginx.answers()) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                String log = Files.readString(folder.resolve("error.log"));
                nginx.close();
                throw new IOException("nginx did not start: " + log);
            }
        }
        return nginx;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        try {
            process.destroy();
            process.waitFor();
            try (Stream<Path> left = Files.walk(folder)) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
