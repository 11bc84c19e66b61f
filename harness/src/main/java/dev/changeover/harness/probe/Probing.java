package dev.changeover.harness.probe;

import dev.changeover.harness.rehearsal.Secrets;
import dev.changeover.harness.rehearsal.StraightTestbed;
import dev.changeover.harness.rehearsal.TestbedException;
import dev.changeover.harness.replay.Target;
import dev.changeover.harness.scenario.Budget;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Sends the probes of a plan, one after the other, and closes all that was started for it.
///
/// @param answers by arm and probe, in the order in which they were sent
/// @param warnings what was written anew for providers
/// @param redaction takes the values of the scenario's secrets out of any text
public record Probing(
        Map<Arm, Map<Probe, ProbeAnswer>> answers, List<String> warnings, UnaryOperator<String> redaction) {

    public Probing {
        answers = Collections.unmodifiableMap(new EnumMap<>(answers));
        warnings = List.copyOf(warnings);
    }

    /// @param folder of the scenario
    public static Probing of(ProbePlan plan, Secrets secrets, Path folder) throws TestbedException {
        Scenario scenario = plan.scenario();
        Map<Arm, Map<Probe, ProbeAnswer>> answers = new EnumMap<>(Arm.class);
        StraightTestbed testbed = StraightTestbed.open(scenario, secrets, folder);
        try (testbed;
                ProbeClient client =
                        new ProbeClient(scenario.traffic().patience().total())) {
            for (Target target : testbed.targets()) {
                Arm arm = target.arm().orElseThrow();
                boolean means = scenario.providers().get(arm).source() instanceof Provider.Source.Real;
                Map<Probe, ProbeAnswer> ofArm = new EnumMap<>(Probe.class);
                for (Probe probe : Probe.values()) {
                    ofArm.put(probe, paced(scenario, () -> client.ask(target, probe, plan.request(arm, probe), means)));
                }
                answers.put(arm, ofArm);
            }
        }
        return new Probing(answers, testbed.warnings(), testbed::redact);
    }

    /// No faster than the budget's rate.
    private static ProbeAnswer paced(Scenario scenario, Supplier<ProbeAnswer> call) {
        long pauseNanos = scenario.budget()
                .flatMap(Budget::maxRate)
                .map(rate -> rate.span().toNanos() / rate.calls())
                .orElse(0L);
        return CompletableFuture.supplyAsync(call, CompletableFuture.delayedExecutor(pauseNanos, TimeUnit.NANOSECONDS))
                .join();
    }
}
