package dev.changeover.harness.scenario;

import dev.changeover.harness.scenario.Tree.Branch;
import dev.changeover.harness.scenario.Tree.Entry;
import dev.changeover.harness.scenario.Tree.Leaf;
import dev.changeover.harness.units.Arm;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a scenario needs of the machine that it is run on: its trace, and its secrets.
final class ScenarioFiles {

    private ScenarioFiles() {}

    /// @param root with the trace's path absolute
    /// @param environment its values are never quoted
    static void check(Branch root, Map<String, String> environment, List<Problem> problems) {
        branch(root, "traffic").flatMap(traffic -> leaf(traffic, "trace")).ifPresent(trace -> trace(trace, problems));
        for (Arm arm : Arm.values()) {
            branch(root, "providers")
                    .flatMap(providers -> branch(providers, arm.word()))
                    .flatMap(provider -> leaf(provider, "api_key"))
                    .ifPresent(key -> secret(key, environment, problems));
        }
    }

    private static void trace(Leaf leaf, List<Problem> problems) {
        try {
            Path trace = Path.of(leaf.text());
            if (!Files.isRegularFile(trace)) {
                String what = Files.exists(trace) ? "is not a file" : "is not there";
                problems.add(leaf.place().problem("the trace %s %s".formatted(trace, what), "name a recording's file"));
            } else if (!Files.isReadable(trace)) {
                problems.add(leaf.place().problem("the trace %s cannot be read".formatted(trace), "let it be read"));
            }
        } catch (InvalidPathException _) {
            // told where the path was read
        }
    }

    private static void secret(Leaf leaf, Map<String, String> environment, List<Problem> problems) {
        if (leaf.text().startsWith("${") && leaf.text().endsWith("}")) {
            String name = leaf.text().substring(2, leaf.text().length() - 1);
            if (environment.getOrDefault(name, "").isBlank()) {
                problems.add(leaf.place()
                        .problem(
                                "the environment variable %s is not set".formatted(name),
                                "export %s=...".formatted(name)));
            }
        }
    }

    private static Optional<Branch> branch(Branch in, String key) {
        return Optional.ofNullable(in.entries().get(key))
                .map(Entry::value)
                .filter(Branch.class::isInstance)
                .map(Branch.class::cast);
    }

    private static Optional<Leaf> leaf(Branch in, String key) {
        return Optional.ofNullable(in.entries().get(key))
                .map(Entry::value)
                .filter(Leaf.class::isInstance)
                .map(Leaf.class::cast)
                .filter(leaf -> leaf.kind() != Tree.Kind.NULL);
    }
}
