package dev.changeover.cli;

import dev.changeover.harness.gate.SamplePlan;
import dev.changeover.harness.rehearsal.BudgetCheck;
import dev.changeover.harness.rehearsal.Fits;
import dev.changeover.harness.rehearsal.Plan;
import dev.changeover.harness.rehearsal.TestbedException;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.ScenarioException;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.units.Arm;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = {
            "Says what a run would send, cost and be able to settle; sends nothing.",
            "With --probe it sends one request of each kind to each provider and shows what differs; it ends with 1"
                    + " when a provider served none of those that it should have."
        })
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private ScenarioArguments arguments;

    @Option(names = "--probe", description = "Sends a few requests to each provider; real ones charge for them.")
    private boolean probe;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ScenarioException, TestbedException {
        PrintWriter out = spec.commandLine().getOut();
        boolean allServe = true;
        for (ScenarioParser.Parsed parsed : arguments.read()) {
            tell(parsed, out);
            out.flush();
            if (probe) {
                allServe &= new ProviderProbes(parsed, out).served();
            }
        }
        return allServe ? ExitCode.GO : ExitCode.NO_GO;
    }

    private static void tell(ScenarioParser.Parsed parsed, PrintWriter out) {
        Scenario scenario = parsed.scenario();
        Plan plan = Plan.of(scenario);
        out.printf("%s: %s%n", scenario.name(), plan.inWords(scenario));
        scenario.providers().forEach((arm, provider) -> manner(arm, provider).ifPresent(out::println));
        plan.expectedSpend(scenario).forEach(spend -> out.printf("expected spend: %s%n", spend));
        BudgetCheck.refusal(plan, scenario).ifPresent(why -> out.printf("a run is refused: %s%n", why));
        Fits fits = Fits.of(scenario);
        fits.lines().forEach(out::println);
        Stream.of(parsed.warnings(), plan.warnings(scenario), fits.warnings(plan.spanNanos()))
                .flatMap(List::stream)
                .forEach(warning -> out.printf("warning: %s%n", warning));
        Duration window =
                Duration.ofNanos((long) (plan.spanNanos() * scenario.traffic().speed()));
        for (SamplePlan.Planned gate : SamplePlan.of(scenario, plan.requests(), window)) {
            String needs = gate.requests().isPresent()
                    ? "needs %,d requests".formatted(gate.requests().getAsLong())
                    : "no number of requests will do";
            out.printf(
                    "  %-14s %s: %s (%s)%n",
                    gate.settled() ? "can be settled" : "CANNOT BE", gate.spec().id(), needs, gate.why());
        }
    }

    private static Optional<String> manner(Arm arm, Provider provider) {
        if (!(provider.source() instanceof Provider.Source.Real real)) {
            return Optional.empty();
        }
        String how = real.manner().guessed()
                ? "guessed from its address; providers.%s.profile says otherwise".formatted(arm.word())
                : "as providers.%s.profile says".formatted(arm.word());
        return Optional.of(
                "%s is called as %s, %s".formatted(arm.word(), real.manner().dialect(), how));
    }
}
