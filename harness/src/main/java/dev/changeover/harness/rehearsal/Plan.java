package dev.changeover.harness.rehearsal;

import dev.changeover.harness.price.Pricing;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.Traces;
import dev.changeover.harness.units.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/// What a run is going to send, counted before anything is sent.
///
/// @param requests due
/// @param spanNanos of the timeline in wall time: the window, or the trace to its last request where none is given
/// @param inputTokens asked with, where the trace says
/// @param outputTokens expected, where the trace says
/// @param bodiesMade whether a request has to be made from its token counts
/// @param trace file name and digest
public record Plan(
        long requests, long spanNanos, long inputTokens, long outputTokens, boolean bodiesMade, String trace) {

    /// Reads the trace once.
    ///
    /// @throws dev.changeover.harness.trace.TraceException when it cannot be read
    public static Plan of(Traffic traffic) {
        long from = traffic.from().toNanos();
        long to = traffic.length().map(length -> from + length.toNanos()).orElse(Long.MAX_VALUE);
        long requests = 0;
        long input = 0;
        long output = 0;
        long last = from;
        boolean made = false;
        try (TraceReader reader = Traces.open(traffic.trace())) {
            while (reader.hasNext()) {
                TraceRequest request = reader.next();
                if (request.atNanos() >= to) {
                    break;
                }
                if (request.atNanos() >= from) {
                    requests++;
                    input += request.inputTokens().orElse(0);
                    output += request.outputTokens().orElse(0);
                    made |= request.body().isEmpty();
                    last = request.atNanos();
                }
            }
        }
        long span = traffic.length().map(Duration::toNanos).orElse(last - from + 1);
        String name = traffic.trace().getFileName() + " sha256:" + Traces.digest(traffic.trace());
        return new Plan(requests, (long) (span / traffic.speed()), input, output, made, name);
    }

    /// Requests a second, in wall time.
    public double rate() {
        return requests / (spanNanos / 1e9);
    }

    /// What the run would cost at the scenario's prices, every request answered once: by both arms where there is no
    /// gateway, else by the dearer one. Empty where no provider has a price.
    public Optional<Money> expectedSpend(Scenario scenario) {
        boolean both = scenario.gateway() instanceof Gateway.None;
        return scenario.providers().values().stream()
                .map(Provider::price)
                .flatMap(Optional::stream)
                .map(price -> Pricing.cost(price, inputTokens, outputTokens))
                .reduce((a, b) -> both ? a.plus(b) : dearer(a, b));
    }

    private static Money dearer(Money a, Money b) {
        BigDecimal difference = a.minus(b).amount();
        return difference.signum() >= 0 ? a : b;
    }
}
