package dev.changeover.cli;

import dev.changeover.harness.rehearsal.Secrets;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.ScenarioException;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.scenario.Setting;
import dev.changeover.reports.claims.ClaimProblems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which scenarios, and what is changed in each from the command line.
final class ScenarioArguments {

    static final Secrets SECRETS = name -> Optional.ofNullable(System.getenv(name));

    @Parameters(
            paramLabel = "SCENARIO",
            arity = "1..*",
            description =
                    "A file, or a name that `changeover scenarios` lists; * and ? stand for any part of such a name.")
    private List<String> scenarios = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Changes a value of the scenario: traffic.speed=10x. May be given many times.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Of everything that is random; the scenario's own else.")
    private Long seed;

    /// Reads each once, and looks whether its files and secrets are there and its claims can be decided.
    ///
    /// @return at least one, in the order they were named
    /// @throws ScenarioException with every problem found in the first that has one
    List<ScenarioParser.Parsed> read() throws ScenarioException {
        return read(List.of());
    }

    /// @param more settings, which come last: those of options that stand for one
    List<ScenarioParser.Parsed> read(List<String> more) throws ScenarioException {
        List<Setting> all = new ArrayList<>();
        for (String setting : settings) {
            all.add(parse(setting));
        }
        if (seed != null) {
            all.add(parse("seed=" + seed));
        }
        for (String setting : more) {
            all.add(parse(setting));
        }
        Library library = Library.standard();
        Set<String> named = new LinkedHashSet<>();
        scenarios.forEach(scenario -> named.addAll(library.matching(scenario)));
        List<ScenarioParser.Parsed> read = new ArrayList<>();
        for (String scenario : named) {
            ScenarioParser.Parsed parsed = library.readToRun(scenario, all);
            requireClaims(scenario, parsed.scenario());
            read.add(parsed);
        }
        return read;
    }

    private static void requireClaims(String named, Scenario scenario) {
        List<String> problems = ClaimProblems.of(scenario);
        if (!problems.isEmpty()) {
            throw new UserError(problems.stream()
                    .map(problem -> named + ": " + problem)
                    .collect(Collectors.joining(System.lineSeparator())));
        }
    }

    private static Setting parse(String text) {
        try {
            return Setting.parse(text, Path.of(""));
        } catch (IllegalArgumentException e) {
            throw new UserError("--set %s: %s".formatted(text, e.getMessage()), e);
        }
    }
}
