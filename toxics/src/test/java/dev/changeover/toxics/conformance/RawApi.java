package dev.changeover.toxics.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/// The API as plain HTTP, without a client library between the test and the bytes.
record RawApi(URI address) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// An answer in one line: the status, a blank, the body as it came.
    String call(String method, String path, String body) {
        return line(exchange(method, path, body));
    }

    String get(String path) {
        return call("GET", path, "");
    }

    String post(String path, String body) {
        return call("POST", path, body);
    }

    String patch(String path, String body) {
        return call("PATCH", path, body);
    }

    String delete(String path) {
        return call("DELETE", path, "");
    }

    /// @param headers names and values in turn
    HttpResponse<String> exchange(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(PATIENCE)
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Whether there is any answer in time.
    boolean answersWithin(Duration patience, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(patience)
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            HTTP.send(request, BodyHandlers.discarding());
            return true;
        } catch (HttpTimeoutException _) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String line(HttpResponse<String> answer) {
        return answer.statusCode() + " " + answer.body();
    }

    static String error(int status, String message) {
        return "%d {\"error\":\"%s\",\"status\":%d}\n".formatted(status, message, status);
    }
}
