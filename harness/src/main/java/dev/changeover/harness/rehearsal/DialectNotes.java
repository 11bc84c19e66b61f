package dev.changeover.harness.rehearsal;

import dev.changeover.harness.dialect.Manner;
import dev.changeover.harness.dialect.RewriteCounts;
import dev.changeover.harness.replay.AskedRequests;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.importer.Traces;
import dev.changeover.harness.units.Arm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What of the trace real providers do not take as it is, found before anything is sent.
final class DialectNotes {

    private record Real(Provider provider, Manner manner, RewriteCounts counts) {}

    private DialectNotes() {}

    /// Reads the trace once where there is a real provider whose dialect has rules, else not at all.
    static List<String> of(Scenario scenario) {
        Map<Arm, Real> reals = new EnumMap<>(Arm.class);
        scenario.providers().forEach((arm, provider) -> {
            if (provider.source() instanceof Provider.Source.Real real
                    && !real.manner().dialect().rules().isEmpty()) {
                reals.put(arm, new Real(provider, real.manner(), new RewriteCounts()));
            }
        });
        if (!reals.isEmpty()) {
            count(scenario, reals);
        }
        List<String> notes = new ArrayList<>();
        reals.forEach((arm, real) -> {
            String who = "%s (%s)".formatted(arm.word(), real.manner().dialect().word());
            notes.addAll(
                    scenario.gateway().isOurs()
                            ? real.counts().sentences(who, "requests")
                            : real.counts().sentencesForOthers(who, "the gateway has to see to it"));
        });
        return notes;
    }

    private static void count(Scenario scenario, Map<Arm, Real> reals) {
        try (TraceReader trace = Traces.open(scenario.traffic().trace())) {
            new AskedRequests(scenario.traffic(), scenario.defaultModel(), scenario.seed())
                    .each(
                            trace,
                            asked -> reals.values().forEach(real -> {
                                String model = real.provider().modelFor(asked.model());
                                real.counts().add(real.manner().rewrite(asked.withModel(model)));
                            }));
        }
    }
}
