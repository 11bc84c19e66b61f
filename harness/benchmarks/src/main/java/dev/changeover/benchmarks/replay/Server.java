package dev.changeover.benchmarks.replay;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// What is under the load: counts what it served, so that all clients are counted alike.
interface Server extends AutoCloseable {

    /// @param events chunks with content
    record Counters(long requests, long events) {}

    int port();

    Counters counters() throws IOException, InterruptedException;

    @Override
    void close();

    static String get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://%s:%d%s".formatted(Load.HOST, port, path)))
                .build();
        return Http.CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /// The client of whoever asks.
    final class Http {
        private static final HttpClient CLIENT =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        private Http() {}
    }
}
