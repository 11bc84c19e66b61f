package dev.changeover.harness.scenario;

import dev.changeover.harness.scenario.Tree.Branch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Reads scenarios, and reports everything that is wrong with one at once.
public final class ScenarioParser {

    private ScenarioParser() {}

    /// @param resolvedYaml settings applied, paths absolute, `{{folder}}` filled in, secrets still `${NAME}`; reads
    /// back
    /// the same from anywhere
    /// @param warnings sentences about what is allowed, and may not mean what it seems to
    /// @param folder absolute; that relative paths start from
    public record Parsed(Scenario scenario, String resolvedYaml, List<String> warnings, Path folder) {}

    /// Reads a scenario and looks at nothing else, as is right for one that was run once.
    ///
    /// @param source that problems name
    /// @param baseFolder that relative paths start from
    public static Parsed parse(String yaml, String source, Path baseFolder, List<Setting> settings)
            throws ScenarioException {
        return parse(yaml, source, baseFolder, settings, (_, _) -> {});
    }

    /// Reads a scenario that is to be run here: its files and programs must be there, and its secrets set.
    ///
    /// @param environment its values are never quoted
    public static Parsed parseToRun(
            String yaml, String source, Path baseFolder, List<Setting> settings, Map<String, String> environment)
            throws ScenarioException {
        return parse(
                yaml,
                source,
                baseFolder,
                settings,
                (tree, problems) -> ScenarioFiles.check(tree, environment, problems));
    }

    private static Parsed parse(
            String yaml,
            String source,
            Path baseFolder,
            List<Setting> settings,
            BiConsumer<Branch, List<Problem>> surroundings)
            throws ScenarioException {
        List<Problem> problems = new ArrayList<>();
        Optional<Branch> root =
                YamlTree.read(yaml, source, baseFolder, true, problems).flatMap(tree -> mapping(tree, problems));
        Optional<Scenario> scenario = root.flatMap(tree -> {
            settings.forEach(setting -> setting.applyTo(tree, problems));
            Path trace = Located.resolve(tree, problems);
            Braces.check(tree, problems);
            surroundings.accept(tree, problems);
            return new ShapeReader(problems)
                    .read(tree, ScenarioFormat.SCENARIO)
                    .map(Fields.class::cast)
                    .flatMap(fields -> new ScenarioBuilder(problems).build(fields, trace));
        });
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparing(Problem::source)
                    .thenComparingInt(Problem::line)
                    .thenComparingInt(Problem::column));
            throw new ScenarioException(problems);
        }
        return new Parsed(
                scenario.orElseThrow(),
                YamlWriter.write(root.orElseThrow()),
                Warnings.of(scenario.orElseThrow()),
                baseFolder.toAbsolutePath().normalize());
    }

    private static Optional<Branch> mapping(Tree tree, List<Problem> problems) {
        if (tree instanceof Branch branch) {
            return Optional.of(branch);
        }
        problems.add(tree.place()
                .problem("%s where a scenario is needed".formatted(tree.noun()), "start with scenario: its-name"));
        return Optional.empty();
    }
}
