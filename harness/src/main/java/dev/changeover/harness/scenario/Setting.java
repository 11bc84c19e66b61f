package dev.changeover.harness.scenario;

import dev.changeover.harness.scenario.Tree.Branch;
import dev.changeover.harness.scenario.Tree.Entry;
import dev.changeover.harness.scenario.Tree.Leaf;
import dev.changeover.harness.scenario.Tree.Rows;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One `--set a.b.c=value`: replaces or creates what is at the path.
///
/// @param path keys separated by dots; elements of lists by index, `faults.0.for`
/// @param value YAML
/// @param folder that relative paths in the value start from: the working directory
public record Setting(String path, String value, Path folder) {

    public Setting {
        if (path.isBlank() || Arrays.asList(path.split("\\.", -1)).contains("")) {
            throw new IllegalArgumentException("--set needs a path like traffic.speed, got '" + path + "'");
        }
    }

    /// @throws IllegalArgumentException when it is not `path=value`
    public static Setting parse(String text, Path workingDirectory) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("--set needs path=value, like --set traffic.speed=10x");
        }
        return new Setting(text.substring(0, equals).strip(), text.substring(equals + 1), workingDirectory);
    }

    void applyTo(Branch root, List<Problem> problems) {
        Place place = new Place("--set " + path, 0, 0, folder);
        YamlTree.read(value, place.source(), folder, false, problems)
                .ifPresent(tree -> put(root, List.of(path.split("\\.")), tree, place, problems));
    }

    private static void put(Tree parent, List<String> path, Tree value, Place place, List<Problem> problems) {
        switch (parent) {
            case Branch branch -> {
                int taken = segmentsOfKey(branch, path);
                String key = String.join(".", path.subList(0, taken));
                List<String> rest = path.subList(taken, path.size());
                if (rest.isEmpty()) {
                    branch.entries().put(key, new Entry(place, value));
                    return;
                }
                put(child(branch, key, place), rest, value, place, problems);
            }
            case Rows rows -> {
                Optional<Integer> index = index(path.getFirst(), rows.items().size());
                if (index.isEmpty()) {
                    problems.add(place.problem(
                            "no element '%s' in a list of %d"
                                    .formatted(path.getFirst(), rows.items().size()),
                            "count from 0, or set the whole list"));
                } else if (path.size() == 1) {
                    rows.items().set(index.get(), value);
                } else {
                    put(rows.items().get(index.get()), path.subList(1, path.size()), value, place, problems);
                }
            }
            case Leaf leaf ->
                problems.add(place.problem(
                        "'%s' is inside %s, which has nothing inside".formatted(path.getFirst(), leaf.noun()),
                        "set the whole of it, like --set gateway={reference: {route: [old]}}"));
        }
    }

    /// Names of models have dots: the longest key that is there wins.
    private static int segmentsOfKey(Branch branch, List<String> path) {
        for (int taken = path.size(); taken > 1; taken--) {
            if (branch.entries().containsKey(String.join(".", path.subList(0, taken)))) {
                return taken;
            }
        }
        return 1;
    }

    private static Tree child(Branch branch, String key, Place place) {
        Entry entry = branch.entries().get(key);
        boolean vacant = entry == null || entry.value() instanceof Leaf leaf && leaf.kind() == Tree.Kind.NULL;
        if (vacant) {
            branch.entries().put(key, new Entry(place, Branch.empty(place)));
        }
        return branch.entries().get(key).value();
    }

    private static Optional<Integer> index(String text, int size) {
        return text.matches("\\d{1,6}") && Integer.parseInt(text) < size
                ? Optional.of(Integer.parseInt(text))
                : Optional.empty();
    }

    /// Without the value, which may be a secret in the wrong place.
    @Override
    public String toString() {
        return "--set " + path;
    }
}
