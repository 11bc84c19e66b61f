package dev.changeover.cli;

import dev.changeover.harness.probe.Probe;
import dev.changeover.harness.probe.ProbeAnswer;
import dev.changeover.harness.probe.ProbePlan;
import dev.changeover.harness.probe.Probing;
import dev.changeover.harness.rehearsal.TestbedException;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.units.Money;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Tries the providers of a scenario, and says before what that may cost.
record ProviderProbes(ScenarioParser.Parsed parsed, PrintWriter out) {

    /// Sends the probes and prints what came of them.
    ///
    /// @return whether every provider served at least one of those that it should
    /// @throws UserError when the budget does not allow them
    boolean served() throws TestbedException {
        ProbePlan plan = ProbePlan.of(parsed.scenario());
        plan.refusal().ifPresent(why -> {
            throw new UserError(why);
        });
        out.println();
        parsed.scenario()
                .providers()
                .forEach((arm, provider) -> out.printf(
                        Locale.ROOT,
                        "%s (%s): %d requests of one kind each, at most %,d tokens%n",
                        arm.word(),
                        kind(provider),
                        Probe.values().length,
                        plan.mostTokens(arm)));
        out.println(cost(plan.mostSpend()));
        out.println();
        out.flush();
        Probing probing = Probing.of(plan, ScenarioArguments.SECRETS, parsed.folder());
        out.println(ProbeTable.of(probing));
        out.flush();
        return probing.answers().values().stream().allMatch(ProviderProbes::servesAny);
    }

    private static boolean servesAny(Map<Probe, ProbeAnswer> answers) {
        return answers.entrySet().stream()
                .anyMatch(entry ->
                        entry.getKey().isToBeServed() && entry.getValue().served());
    }

    private static String kind(Provider provider) {
        return switch (provider.source()) {
            case Provider.Source.Simulated _, Provider.Source.Fitted _ -> "simulated";
            case Provider.Source.Stubbed _ -> "stubbed";
            case Provider.Source.Real real -> real.manner().dialect().word();
        };
    }

    private static String cost(List<Money> most) {
        return most.isEmpty()
                ? "what that costs is not known: no provider has a price"
                : "at the scenario's prices that costs at most "
                        + most.stream().map(Money::toString).collect(Collectors.joining(" and "));
    }
}
