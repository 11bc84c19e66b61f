package dev.changeover.harness.probe;

import dev.changeover.harness.price.Pricing;
import dev.changeover.harness.rehearsal.BudgetCheck;
import dev.changeover.harness.replay.AskedRequests;
import dev.changeover.harness.scenario.Budget;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.importer.Traces;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Money;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which probes go to which provider, and what they cost at most: known before any is sent.
///
/// @param model as the trace calls it
public record ProbePlan(Scenario scenario, String model) {

    /// Parameters, tools and what vendors add to a prompt, in tokens: more than was ever seen.
    private static final int AROUND = 150;

    private static final long MOST_OUTPUT = 128;
    private static final long PER_PROVIDER = Probe.values().length;

    /// Reads the first request of the window, for its model.
    ///
    /// @throws dev.changeover.harness.trace.TraceException when the trace cannot be read
    public static ProbePlan of(Scenario scenario) {
        try (TraceReader trace = Traces.open(scenario.traffic().trace())) {
            String model = new AskedRequests(scenario.traffic(), scenario.defaultModel(), scenario.seed())
                    .first(trace)
                    .map(ChatRequest::model)
                    .orElse(scenario.traffic().model().orElse(scenario.defaultModel()));
            return new ProbePlan(scenario, model);
        }
    }

    /// The request of a probe, as the replay would send it: with the provider's name for the model.
    ChatRequest request(Arm arm, Probe probe) {
        return probe.request(scenario.providers().get(arm).modelFor(model));
    }

    public long calls() {
        return PER_PROVIDER * scenario.providers().size();
    }

    /// The most that they use, input and output together.
    public long mostTokens(Arm arm) {
        return inputTokens(arm) + MOST_OUTPUT * PER_PROVIDER;
    }

    /// The most that they cost at the scenario's prices, an amount for each currency.
    public List<Money> mostSpend() {
        SortedMap<String, Money> spend = new TreeMap<>();
        scenario.providers()
                .forEach((arm, provider) -> provider.price()
                        .map(price -> Pricing.cost(price, inputTokens(arm), MOST_OUTPUT * PER_PROVIDER))
                        .ifPresent(cost -> spend.merge(cost.currency(), cost, Money::plus)));
        return List.copyOf(spend.values());
    }

    /// Why the budget does not allow them, and what to do about it, on two lines.
    public Optional<String> refusal() {
        return scenario.budget().flatMap(budget -> spend(budget).or(() -> requests(budget)));
    }

    private Optional<String> spend(Budget budget) {
        if (budget.maxSpend().isEmpty()) {
            return Optional.empty();
        }
        Money limit = budget.maxSpend().get();
        boolean nothing = limit.amount().signum() == 0;
        if (nothing
                && scenario.providers().values().stream().anyMatch(p -> p.source() instanceof Provider.Source.Real)) {
            return Optional.of("probes of real providers cost something and budget.max_spend is %s%n    raise it"
                    .formatted(limit));
        }
        return mostSpend().stream()
                .filter(cost -> cost.minus(limit).amount().signum() > 0)
                .findFirst()
                .map(cost -> "the probes may cost %s and the budget is %s%n    raise budget.max_spend"
                        .formatted(cost, limit));
    }

    private Optional<String> requests(Budget budget) {
        long counted = PER_PROVIDER * BudgetCheck.counted(scenario).size();
        return budget.maxRequests().isEmpty() || counted <= budget.maxRequests().getAsLong()
                ? Optional.empty()
                : Optional.of("the probes are %d calls and budget.max_requests is %d%n    raise it"
                        .formatted(counted, budget.maxRequests().getAsLong()));
    }

    private long inputTokens(Arm arm) {
        return Arrays.stream(Probe.values())
                .mapToLong(probe -> AROUND + Tokens.count(request(arm, probe).promptText()))
                .sum();
    }
}
