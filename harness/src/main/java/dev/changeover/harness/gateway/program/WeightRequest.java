package dev.changeover.harness.gateway.program;

import dev.changeover.harness.scenario.ReadyTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/// A weight told to a gateway over HTTP. Every 2xx is a yes.
public final class WeightRequest {

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private WeightRequest() {}

    /// @param method `PUT`, `POST`
    /// @param key bearer key that the gateway asks for
    /// @throws IOException with a sentence: what was asked and what came of it
    public static void send(String method, URI uri, String body, Optional<String> key, ReadyTransport transport)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(DEADLINE)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        key.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        try (HttpClient client =
                ControlClient.builder(transport).connectTimeout(DEADLINE).build()) {
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status / 100 != 2) {
                throw new IOException("%s %s answered %d".formatted(method, uri, status));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("%s %s was interrupted".formatted(method, uri), e);
        } catch (IOException e) {
            throw e.getMessage() != null && e.getMessage().startsWith(method)
                    ? e
                    : new IOException(
                            "%s %s got no answer (%s)"
                                    .formatted(method, uri, e.getClass().getSimpleName()),
                            e);
        }
    }
}
