package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Arm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a scenario needs of the machine that it is run on.
public final class ScenarioFiles {

    private ScenarioFiles() {}

    public static List<Problem> problems(Scenario scenario) {
        return problems(scenario, System.getenv());
    }

    /// @param environment never quoted
    public static List<Problem> problems(Scenario scenario, Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        Path trace = scenario.traffic().trace();
        if (!Files.isRegularFile(trace)) {
            String what = Files.exists(trace) ? "is not a file" : "is not there";
            problems.add(problem(scenario, "the trace %s %s".formatted(trace, what), "check traffic.trace"));
        } else if (!Files.isReadable(trace)) {
            problems.add(problem(scenario, "the trace %s cannot be read".formatted(trace), "check its permissions"));
        }
        for (Arm arm : Arm.values()) {
            if (scenario.providers().containsKey(arm)
                    && scenario.providers().get(arm).source() instanceof Provider.Source.Real real) {
                real.apiKey()
                        .filter(name -> environment.getOrDefault(name, "").isBlank())
                        .ifPresent(name -> problems.add(problem(
                                scenario,
                                "the environment variable %s (providers.%s.api_key) is not set"
                                        .formatted(name, arm.word()),
                                "export %s=...".formatted(name))));
            }
        }
        return problems;
    }

    private static Problem problem(Scenario scenario, String what, String remedy) {
        return new Problem(scenario.name(), 0, 0, what, remedy);
    }
}
