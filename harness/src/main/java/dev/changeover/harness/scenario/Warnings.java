package dev.changeover.harness.scenario;

import java.util.List;
import java.util.stream.Stream;

/// What is allowed, and may not mean what it seems to: found without any traffic. What takes the trace is in
/// `rehearsal.LoadWarnings`.
final class Warnings {

    private Warnings() {}

    static List<String> of(Scenario scenario) {
        return Stream.of(
                        FaultTimers.of(scenario), SharedFate.of(scenario), Waits.of(scenario), CanaryRisks.of(scenario))
                .flatMap(List::stream)
                .toList();
    }
}
