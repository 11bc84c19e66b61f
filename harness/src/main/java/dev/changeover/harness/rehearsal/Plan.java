package dev.changeover.harness.rehearsal;

import dev.changeover.harness.price.Pricing;
import dev.changeover.harness.replay.SchedulePlan;
import dev.changeover.harness.replay.WarmUp;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Load;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.importer.Traces;
import dev.changeover.harness.units.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a run is going to send, counted before anything is sent.
///
/// @param trace file name and digest
public record Plan(SchedulePlan schedule, String trace) {

    private static final double WARM_UP_PER_SECOND = 50;
    /// Past it, prompts would keep a machine busy beyond t0 with what does not count.
    private static final double WARM_UP_TOKENS_PER_SECOND = 100_000;

    /// Reads the trace once.
    ///
    /// @throws dev.changeover.harness.trace.TraceException when it cannot be read
    public static Plan of(Scenario scenario) {
        Traffic traffic = scenario.traffic();
        try (TraceReader reader = Traces.open(traffic.trace())) {
            String name = traffic.trace().getFileName() + " sha256:" + Traces.digest(traffic.trace());
            return new Plan(SchedulePlan.of(reader, traffic, scenario.seed()), name);
        }
    }

    public long requests() {
        return schedule.requests();
    }

    /// Wall time from t0 to the end of the timeline.
    public long spanNanos() {
        return schedule.spanNanos();
    }

    /// Requests a second, in wall time; of a shorter window, as if it were a second.
    public double rate() {
        return requests() / Math.max(1, spanNanos() / 1e9);
    }

    /// Requests a second before t0: as fast as the run, and fast enough to warm the code where that costs nobody
    /// anything.
    double warmUpRate(Scenario scenario) {
        boolean real = scenario.providers().values().stream()
                .anyMatch(provider -> provider.source() instanceof Provider.Source.Real);
        double meanInput = schedule.inputTokens() / (double) Math.max(1, requests());
        double costsNothing = Math.min(WARM_UP_PER_SECOND, WARM_UP_TOKENS_PER_SECOND / Math.max(1, meanInput));
        return real ? rate() : Math.max(rate(), costsNothing);
    }

    long warmUpRequests(Scenario scenario) {
        return WarmUp.count(scenario.traffic(), warmUpRate(scenario));
    }

    /// What is going to be sent, in words: how much, and how fast where that is known before.
    public String inWords(Scenario scenario) {
        Traffic traffic = scenario.traffic();
        String sample = schedule.arrived() == requests()
                ? ""
                : String.format(Locale.ROOT, " (a sample of %,d)", schedule.arrived());
        return switch (traffic.load()) {
            case Load.Open(var inOrder, var maxInFlight) ->
                String.format(
                        Locale.ROOT,
                        "%,d requests%s in %.0f s, %.1f a second%s%s",
                        requests(),
                        sample,
                        spanNanos() / 1e9,
                        rate(),
                        inOrder ? ", each turn after the one before it" : "",
                        maxInFlight.isPresent()
                                ? String.format(Locale.ROOT, ", at most %,d in flight", maxInFlight.getAsInt())
                                : "");
            case Load.Closed(var callers) ->
                String.format(
                        Locale.ROOT,
                        "closed loop, callers: %,d, who find %,d requests%s%s; at what rate they send them is not"
                                + " known, for it follows the answers",
                        callers,
                        requests(),
                        sample,
                        traffic.length().isPresent()
                                ? String.format(Locale.ROOT, " and call for %.0f s at most", spanNanos() / 1e9)
                                : "");
        };
    }

    /// What is allowed, and may not be what was meant, where that takes the trace.
    public List<String> warnings(Scenario scenario) {
        return Stream.concat(LoadWarnings.of(this, scenario).stream(), DialectNotes.of(scenario).stream())
                .toList();
    }

    /// What the run would cost at the scenario's prices, every request answered once: by both arms where there
    /// is no gateway, else by the dearer one. The warm-up counts like as much of the run. One amount for each
    /// currency, for adding two takes a rate; none where no provider has a price.
    public List<Money> expectedSpend(Scenario scenario) {
        boolean both = scenario.gateway() instanceof Gateway.None;
        SortedMap<String, Money> spend = new TreeMap<>();
        scenario.providers().values().stream()
                .map(Provider::price)
                .flatMap(Optional::stream)
                .map(price -> Pricing.cost(
                        price, warmed(schedule.inputTokens(), scenario), warmed(schedule.outputTokens(), scenario)))
                .forEach(cost -> spend.merge(cost.currency(), cost, both ? Money::plus : Plan::dearer));
        return List.copyOf(spend.values());
    }

    private long warmed(long tokens, Scenario scenario) {
        double warmUp = scenario.traffic().warmUp().toNanos();
        return (long) Math.ceil(tokens * (1 + warmUp / Math.max(1, spanNanos())));
    }

    private static Money dearer(Money a, Money b) {
        BigDecimal difference = a.minus(b).amount();
        return difference.signum() >= 0 ? a : b;
    }
}
