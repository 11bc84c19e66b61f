import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A client with two regions and a canary (move C). Its defects, as told:
///
/// - Both regions have the same base URL and key, so they fail together.
/// - The latency it logs is that of `GET /models`, smoothed from 0: far from what a request takes.
/// - It rotates after a timeout only: refused connections and 5xx are neither retried nor rotated.
/// - A dead region stays in rotation between health checks.
/// - After a 429 it waits a flat time, inside the same budget of tries.
/// - Its breaker counts every failure, whoever is to blame for it.
/// - Every request is drawn at random, so that one conversation hops between providers.
/// - A restart begins the canary again at its first share.
final class DrClient {

    private static final int TRIES = 3;
    private static final int BREAKER_FAILURES = 5;
    private static final int HALF_OPEN = 3;
    private static final Pattern NEW_WEIGHT = Pattern.compile("\"new\"\\s*:\\s*(\\d+(?:\\.\\d+)?)");

    private static final class Region {
        private final String name;
        private final String base;
        private volatile boolean healthy = true;
        private double latencyMillis;

        Region(String name) {
            this.name = name;
            this.base = Chat.env(name, Chat.env("NEW"));
        }
    }

    private final List<Region> regions = List.of(new Region("HONG_KONG"), new Region("SINGAPORE"));
    private final String former = Chat.env("OLD");
    private final String key = Chat.env("KEY");
    private final Duration timeout = Duration.ofMillis(Chat.number("TIMEOUT_MS", 30_000));
    private final Duration healthTimeout = Duration.ofMillis(Chat.number("HEALTH_TIMEOUT_MS", 5_000));
    private final long rateWaitMillis = Chat.number("RATE_WAIT_MS", 60_000);
    private final long backoffUnitMillis = Chat.number("BACKOFF_UNIT_MS", 1_000);
    private final long openNanos = Chat.number("OPEN_MS", 60_000) * 1_000_000;
    private volatile Region current = regions.getFirst();
    private volatile double newWeight = Double.parseDouble(Chat.env("START_WEIGHT", "10"));
    private int failures;
    private int trials;
    private long openedNanos;

    static void main() throws IOException {
        DrClient client = new DrClient();
        long every = Chat.number("HEALTH_EVERY_MS", 30_000);
        Executors.newSingleThreadScheduledExecutor()
                .scheduleWithFixedDelay(client::checkHealth, every, every, TimeUnit.MILLISECONDS);
        HttpServer server = Chat.listen((int) Chat.number("PORT", 8000));
        server.setExecutor(Chat.oneThreadEach());
        server.createContext("/health", Chat.health());
        server.createContext("/admin/weights", Chat.logging(client::weights));
        server.createContext("/v1/chat/completions", Chat.logging(client::complete));
        server.start();
    }

    private void weights(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            Matcher wanted = NEW_WEIGHT.matcher(Chat.bodyOf(exchange));
            if (!wanted.find() || Double.parseDouble(wanted.group(1)) > 100) {
                Chat.fail(exchange, 400, "new must be 0 to 100");
                return;
            }
            newWeight = Double.parseDouble(wanted.group(1));
        }
        Chat.reply(exchange, 200, "{\"new\":" + newWeight + "}");
    }

    private void checkHealth() {
        for (Region region : regions) {
            long begun = System.nanoTime();
            try {
                HttpRequest models = HttpRequest.newBuilder(URI.create(region.base + "/models"))
                        .timeout(healthTimeout)
                        .header("Authorization", "Bearer " + key)
                        .build();
                region.healthy =
                        Chat.CLIENT.send(models, BodyHandlers.discarding()).statusCode() == 200;
                region.latencyMillis = 0.7 * region.latencyMillis + 0.3 * (System.nanoTime() - begun) / 1e6;
            } catch (IOException e) {
                region.healthy = false;
            } catch (InterruptedException _) {
                return;
            }
            System.out.printf("%s healthy=%b latency=%.0fms%n", region.name, region.healthy, region.latencyMillis);
        }
    }

    private void complete(HttpExchange exchange) throws IOException {
        String body = Chat.bodyOf(exchange);
        try {
            if (ThreadLocalRandom.current().nextDouble() * 100 >= newWeight) {
                Chat.pass(send(former, body), exchange);
            } else if (mayCall()) {
                overRelay(exchange, body);
            } else {
                Chat.fail(exchange, 503, "the circuit breaker is open");
            }
        } catch (IOException e) {
            Chat.fail(
                    exchange,
                    e instanceof HttpTimeoutException ? 504 : 502,
                    e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void overRelay(HttpExchange exchange, String body) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            HttpResponse<InputStream> answer;
            try {
                answer = send(current.base, body);
            } catch (HttpTimeoutException e) {
                called(false);
                rotate();
                if (attempt == TRIES) {
                    throw e;
                }
                double units =
                        Math.pow(2, attempt) + ThreadLocalRandom.current().nextDouble();
                Thread.sleep((long) (units * backoffUnitMillis));
                continue;
            } catch (IOException e) {
                called(false);
                throw e;
            }
            called(answer.statusCode() == 200);
            if (answer.statusCode() != 429 || attempt == TRIES) {
                Chat.pass(answer, exchange);
                return;
            }
            answer.body().close();
            Thread.sleep(rateWaitMillis);
        }
    }

    private HttpResponse<InputStream> send(String base, String body) throws IOException, InterruptedException {
        return Chat.CLIENT.send(Chat.completion(base, key, body, timeout), BodyHandlers.ofInputStream());
    }

    private void rotate() {
        regions.stream().filter(region -> region.healthy).findFirst().ifPresent(region -> current = region);
    }

    private synchronized boolean mayCall() {
        if (failures < BREAKER_FAILURES) {
            return true;
        }
        return System.nanoTime() - openedNanos > openNanos && trials++ < HALF_OPEN;
    }

    private synchronized void called(boolean good) {
        if (good) {
            failures = 0;
            return;
        }
        if (++failures >= BREAKER_FAILURES) {
            openedNanos = System.nanoTime();
            trials = 0;
        }
    }
}
