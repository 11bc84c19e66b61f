package dev.changeover.harness.gateway.server;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Purpose;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.EnumSet;
import java.util.Set;

/// Asks every provider of the route for its models now and then, and writes the answers into the health book. One
/// probe at a time for each provider.
final class HealthProber {

    private final Shell shell;
    private final Gateway.Health settings;
    private final Set<Arm> asking = EnumSet.noneOf(Arm.class);
    private long probes;

    HealthProber(Shell shell, Gateway.Health settings) {
        this.shell = shell;
        this.settings = settings;
    }

    void start() {
        probeAll();
        shell.vertx().setPeriodic(Math.max(1, settings.every().toMillis()), _ -> probeAll());
    }

    private void probeAll() {
        shell.config().route().stream().filter(asking::add).forEach(this::probe);
    }

    private void probe(Arm arm) {
        long startedNanos = shell.now();
        ask(shell.upstreams().get(arm)).onComplete(answer -> {
            asking.remove(arm);
            boolean healthy = answer.succeeded() && answer.result() == 200;
            long doneNanos = shell.now();
            shell.events().accept(new Event.Probe(arm, startedNanos, doneNanos, healthy));
            shell.policy().health().probed(arm, healthy, doneNanos);
        });
    }

    private Future<Integer> ask(ReferenceGateway.Upstream upstream) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(upstream.host())
                .setPort(upstream.port())
                .setURI("/v1/models")
                .setTimeout(Math.max(1, settings.timeout().toMillis()))
                .putHeader("authorization", ChatForward.PLACEHOLDER)
                .putHeader(CallId.HEADER, new CallId(Purpose.PROBE, probes++).text());
        return shell.client().request(options).compose(HttpClientRequest::send).compose(HealthProber::statusOf);
    }

    /// The body is read to its end, so that the connection can be used again.
    private static Future<Integer> statusOf(HttpClientResponse response) {
        return response.end().map(_ -> response.statusCode());
    }
}
