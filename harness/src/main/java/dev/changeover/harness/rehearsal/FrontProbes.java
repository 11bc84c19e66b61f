package dev.changeover.harness.rehearsal;

import dev.changeover.harness.gateway.program.ControlClient;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.scenario.Alerts;
import dev.changeover.harness.scenario.ReadyTransport;
import dev.changeover.harness.units.Ticker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Looks at a gateway from outside while traffic runs, as its monitoring would: at its health page every
/// second, at its metrics as often as the scenario says.
final class FrontProbes implements AutoCloseable {

    private static final Duration HEALTH_EVERY = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final ReadyTransport transport;
    private final Ticker clock;
    private final EventSink events;
    private final List<Background> looks = new ArrayList<>();

    private record Look(long atNanos, OptionalInt status) {}

    FrontProbes(Front front, Alerts alerts, Ticker clock, EventSink events) {
        this.clock = clock;
        this.events = events;
        this.transport = front.transport();
        Optional<URI> address = front.address();
        if (address.isPresent()) {
            front.healthPath()
                    .ifPresent(path -> every(HEALTH_EVERY, address.get().resolve(path), this::tellHealth));
            alerts.scrape()
                    .ifPresent(scrape -> every(scrape.every(), address.get().resolve(scrape.path()), this::tellScrape));
        }
    }

    void start() {
        looks.forEach(Background::start);
    }

    @Override
    public void close() {
        looks.forEach(Background::close);
    }

    private void tellHealth(Look look) {
        events.accept(new Event.GatewayHealth(look.atNanos(), clock.nanos(), look.status()));
    }

    private void tellScrape(Look look) {
        events.accept(new Event.Scrape(look.atNanos(), look.status()));
    }

    private void every(Duration period, URI page, Consumer<Look> tell) {
        looks.add(new Background("probe " + page.getPath(), () -> look(period.toNanos(), page, tell)));
    }

    /// From t0. The first look comes earlier and is not told: it loads what a look needs, so that this
    /// does not weigh on the first requests.
    private void look(long periodNanos, URI page, Consumer<Look> tell) throws InterruptedException {
        HttpClient client = ControlClient.builder(transport)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(DEADLINE)
                .build();
        try {
            status(client, page);
            long next = 0;
            while (true) {
                long wait = next - clock.nanos();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                long at = clock.nanos();
                tell.accept(new Look(at, status(client, page)));
                next = Math.max(next + periodNanos, clock.nanos());
            }
        } finally {
            client.shutdownNow();
        }
    }

    private static OptionalInt status(HttpClient client, URI page) throws InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(
                HttpRequest.newBuilder(page).timeout(DEADLINE).build(), HttpResponse.BodyHandlers.discarding());
        try {
            return OptionalInt.of(
                    answer.get(DEADLINE.toNanos(), TimeUnit.NANOSECONDS).statusCode());
        } catch (ExecutionException | TimeoutException _) {
            return OptionalInt.empty();
        } finally {
            answer.cancel(true);
        }
    }
}
