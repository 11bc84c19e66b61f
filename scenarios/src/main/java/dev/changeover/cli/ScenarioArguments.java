package dev.changeover.cli;

import dev.changeover.harness.rehearsal.Secrets;
import dev.changeover.harness.scenario.ScenarioException;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.scenario.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which scenario, and what is changed in it from the command line.
final class ScenarioArguments {

    static final Secrets SECRETS = name -> Optional.ofNullable(System.getenv(name));

    @Parameters(paramLabel = "SCENARIO", description = "A file, or a name that `changeover scenarios` lists.")
    private String scenario;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Changes a value of the scenario: traffic.speed=10x. May be given many times.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Of everything that is random; the scenario's own else.")
    private Long seed;

    /// Reads it, and looks whether its files and secrets are there.
    ///
    /// @throws ScenarioException with every problem found
    ScenarioParser.Parsed read() throws ScenarioException {
        List<Setting> all = new ArrayList<>();
        for (String setting : settings) {
            all.add(parse(setting));
        }
        if (seed != null) {
            all.add(parse("seed=" + seed));
        }
        return Library.standard().readToRun(scenario, all);
    }

    private static Setting parse(String text) {
        try {
            return Setting.parse(text, Path.of(""));
        } catch (IllegalArgumentException e) {
            throw new UserError("--set %s: %s".formatted(text, e.getMessage()), e);
        }
    }
}
