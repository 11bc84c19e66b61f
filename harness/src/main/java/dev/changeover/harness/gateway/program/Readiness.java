package dev.changeover.harness.gateway.program;

import dev.changeover.harness.units.Durations;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/// Waits until a page answers 200.
public final class Readiness {

    private static final Duration ONE_TRY = Duration.ofSeconds(2);
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private Readiness() {}

    /// @param over ends the wait at once
    /// @return why it is not ready; empty when it is
    public static Optional<String> await(URI page, Duration within, BooleanSupplier over) {
        long until = System.nanoTime() + within.toNanos();
        String last = "nothing listened there";
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(ONE_TRY)
                .build()) {
            while (!over.getAsBoolean() && System.nanoTime() < until) {
                CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(
                        HttpRequest.newBuilder(page).timeout(ONE_TRY).build(), HttpResponse.BodyHandlers.discarding());
                Waiting.until(() -> answer.isDone() || over.getAsBoolean(), ONE_TRY);
                if (answer.isDone()) {
                    try {
                        int status = answer.join().statusCode();
                        if (status == 200) {
                            return Optional.empty();
                        }
                        last = "it answered " + status;
                    } catch (CompletionException e) {
                        last = "no answer (%s)"
                                .formatted(e.getCause().getClass().getSimpleName());
                    }
                }
                Waiting.until(over, BETWEEN);
            }
            client.shutdownNow();
        }
        return Optional.of("%s did not answer 200 within %s: %s".formatted(page, Durations.write(within), last));
    }
}
