package dev.changeover.harness.rehearsal;

import dev.changeover.harness.replay.Crowding;
import dev.changeover.harness.scenario.Budget;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Load;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.importer.Traces;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Money;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Whether a run that goes as planned stays within its budget, found before anything is sent.
public final class BudgetCheck {

    private BudgetCheck() {}

    /// Why the run is not to begin, and what to do about it, on two lines.
    public static Optional<String> refusal(Plan plan, Scenario scenario) {
        return scenario.budget()
                .flatMap(budget -> spend(plan, scenario, budget)
                        .or(() -> requests(plan, scenario, budget))
                        .or(() -> rate(scenario, budget)));
    }

    /// The arms whose calls are counted: the real ones. Where none is, all of them, so that a drill shows what the real
    /// run would do.
    public static Set<Arm> counted(Scenario scenario) {
        Set<Arm> real = EnumSet.noneOf(Arm.class);
        scenario.providers().forEach((arm, provider) -> {
            if (provider.source() instanceof Provider.Source.Real) {
                real.add(arm);
            }
        });
        return real.isEmpty() ? scenario.providers().keySet() : real;
    }

    private static Optional<String> spend(Plan plan, Scenario scenario, Budget budget) {
        if (budget.maxSpend().isEmpty()) {
            return Optional.empty();
        }
        Money limit = budget.maxSpend().get();
        return plan.expectedSpend(scenario).stream()
                .filter(expected -> expected.minus(limit).amount().signum() > 0)
                .findFirst()
                .map(expected ->
                        "the run would cost %s and the budget is %s%n    shorten traffic.window, or raise budget.max_spend"
                                .formatted(expected, limit));
    }

    private static Optional<String> requests(Plan plan, Scenario scenario, Budget budget) {
        if (budget.maxRequests().isEmpty()) {
            return Optional.empty();
        }
        long each = plan.requests() + plan.warmUpRequests(scenario);
        long calls = scenario.gateway() instanceof Gateway.None
                ? each * counted(scenario).size()
                : each;
        return calls <= budget.maxRequests().getAsLong()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the run would make %,d calls, the warm-up among them, and budget.max_requests is %,d%n"
                                + "    shorten traffic.window or traffic.warm_up, or raise it",
                        calls,
                        budget.maxRequests().getAsLong()));
    }

    /// Of a closed loop nobody knows the rate before; while it runs it is bounded like any other.
    private static Optional<String> rate(Scenario scenario, Budget budget) {
        boolean timed = scenario.traffic().load() instanceof Load.Open;
        return budget.maxRate().filter(_ -> timed).flatMap(rate -> {
            try (TraceReader trace = Traces.open(scenario.traffic().trace())) {
                OptionalLong past = Crowding.firstPast(
                        trace,
                        scenario.traffic(),
                        scenario.seed(),
                        rate.calls(),
                        rate.span().toNanos());
                return past.isEmpty()
                        ? Optional.empty()
                        : Optional.of(String.format(
                                Locale.ROOT,
                                "the request due after %.3f s of the run is one too many for budget.max_rate, %s%n"
                                        + "    lower traffic.speed, choose another window, or raise it",
                                past.getAsLong() / 1e9,
                                rate));
            }
        });
    }
}
