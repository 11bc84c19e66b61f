package dev.changeover.harness.gateway.server;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.Outcome;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/// A reference gateway between a caller and two fake providers.
final class GatewayFixture implements AutoCloseable {

    static final Gateway.Retry NO_RETRY = new Gateway.Retry(0, Duration.ofMillis(10), 2, Gateway.Retry.Jitter.FULL);
    static final Gateway.Retry ONE_RETRY = new Gateway.Retry(1, Duration.ofMillis(10), 2, Gateway.Retry.Jitter.FULL);
    static final Deadlines PATIENT = new Deadlines(
            Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(30));

    final List<Event> events = new CopyOnWriteArrayList<>();
    final BlockingQueue<Event.Attempt> attempts = new LinkedBlockingQueue<>();
    final BlockingQueue<Event.Transition> transitions = new LinkedBlockingQueue<>();
    final ReferenceGateway gateway;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();

    GatewayFixture(Gateway.Reference config, FakeProvider old, FakeProvider fresh) {
        gateway = ReferenceGateway.start(
                vertx,
                config,
                Map.of(Arm.OLD, old.upstream("old-model"), Arm.NEW, fresh.upstream("new-model")),
                this::take,
                Ticker.since(System.nanoTime()),
                7);
    }

    static Gateway.Reference config(Gateway.Retry retry, Gateway.Trust trust) {
        return config(retry, trust, PATIENT);
    }

    static Gateway.Reference config(Gateway.Retry retry, Gateway.Trust trust, Deadlines timeout) {
        return new Gateway.Reference(
                List.of(Arm.OLD, Arm.NEW), timeout, retry, Optional.empty(), Optional.empty(), trust);
    }

    private void take(Event event) {
        events.add(event);
        switch (event) {
            case Event.Attempt attempt -> attempts.add(attempt);
            case Event.Transition transition -> transitions.add(transition);
            case Event.RunStarted _,
                    Event.Request _,
                    Event.UpstreamCall _,
                    Event.Connection _,
                    Event.Fault _,
                    Event.Probe _,
                    Event.Weight _,
                    Event.Evidence _,
                    Event.PhaseEnd _,
                    Event.Rollback _,
                    Event.GatewayHealth _,
                    Event.Scrape _,
                    Event.Configuration _,
                    Event.GatewayProcess _,
                    Event.Vitals _,
                    Event.Warning _,
                    Event.RunEnded _ -> {}
        }
    }

    HttpResponse<String> chat(long number, boolean stream) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri("/v1/chat/completions"))
                .header("x-changeover-id", "changeover-q" + number)
                .POST(HttpRequest.BodyPublishers.ofString(Texts.request(number, stream))));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(gateway.port(), path));
    }

    /// The attempts so far, `old#1 overloaded`.
    List<String> told() {
        return attempts.stream().map(GatewayFixture::text).toList();
    }

    static String text(Event.Attempt attempt) {
        String outcome = switch (attempt.outcome()) {
            case Outcome.Served _ -> "served";
            case Outcome.Cancelled _ -> "cancelled";
            case Outcome.Failed(var kind) -> kind.word();
        };
        return "%s#%d %s".formatted(attempt.arm().word(), attempt.number(), outcome);
    }

    @Override
    public void close() {
        gateway.close();
        client.close();
        vertx.close().await();
    }
}
