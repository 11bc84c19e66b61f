package dev.changeover.harness.scenario;

import dev.changeover.harness.scenario.Tree.Branch;
import dev.changeover.harness.scenario.Tree.Entry;
import dev.changeover.harness.scenario.Tree.Kind;
import dev.changeover.harness.scenario.Tree.Leaf;
import dev.changeover.harness.scenario.Tree.Rows;
import dev.changeover.harness.units.Arm;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes into a scenario's tree where it stands: paths become absolute, and `{{folder}}` the folder, so that what
/// is written out again means the same from anywhere.
final class Located {

    private static final Pattern FOLDER = Pattern.compile("\\{\\{\\s*folder\\s*}}");

    private Located() {}

    /// @return the trace's path, of no use where there is a problem
    static Path resolve(Branch root, List<Problem> problems) {
        under(root, "gateway")
                .flatMap(gateway -> under(gateway, "command"))
                .map(command -> command.entries().get("files"))
                .map(Entry::value)
                .filter(Rows.class::isInstance)
                .map(Rows.class::cast)
                .ifPresent(files -> files.items().stream()
                        .filter(Branch.class::isInstance)
                        .map(Branch.class::cast)
                        .forEach(file -> absolute(file, "template", "a template", problems)));
        connections(root)
                .forEach(connection -> under(connection, "trust")
                        .ifPresent(trust -> absolute(trust, "file", "a trust store", problems)));
        for (Arm arm : Arm.values()) {
            under(root, "providers")
                    .flatMap(providers -> under(providers, arm.word()))
                    .flatMap(provider -> under(provider, "simulate"))
                    .flatMap(simulate -> under(simulate, "profile"))
                    .ifPresent(profile -> absolute(profile, "from", "a measurement", problems));
        }
        for (String part : List.of("gateway", "rollback")) {
            under(root, part).ifPresent(Located::fillFolder);
        }
        for (Arm arm : Arm.values()) {
            under(root, "providers")
                    .flatMap(providers -> under(providers, arm.word()))
                    .ifPresent(provider -> absolute(provider, "wiremock", "a folder of stubs", problems));
        }
        return under(root, "traffic")
                .flatMap(traffic -> absolute(traffic, "trace", "a trace", problems))
                .orElse(Path.of(""));
    }

    /// The parts that say how connections are made.
    static List<Branch> connections(Branch root) {
        List<Branch> found = new ArrayList<>();
        under(root, "traffic").flatMap(traffic -> under(traffic, "client")).ifPresent(found::add);
        under(root, "providers").ifPresent(both -> {
            for (Arm arm : Arm.values()) {
                under(both, arm.word())
                        .flatMap(provider -> under(provider, "connection"))
                        .ifPresent(found::add);
            }
        });
        return found;
    }

    private static Optional<Path> absolute(Branch branch, String key, String what, List<Problem> problems) {
        Entry entry = branch.entries().get(key);
        if (entry == null
                || !(entry.value() instanceof Leaf leaf)
                || leaf.kind() == Kind.NULL
                || leaf.text().contains("${")) {
            return Optional.empty();
        }
        try {
            Path absolute = leaf.place()
                    .folder()
                    .resolve(fill(leaf).text())
                    .toAbsolutePath()
                    .normalize();
            branch.entries()
                    .put(key, new Entry(entry.keyPlace(), new Leaf(leaf.place(), Kind.TEXT, absolute.toString())));
            return Optional.of(absolute);
        } catch (InvalidPathException e) {
            problems.add(leaf.place().problem("not a path: " + e.getReason(), "write the path of " + what));
            return Optional.empty();
        }
    }

    private static void fillFolder(Tree tree) {
        switch (tree) {
            case Branch branch ->
                branch.entries().replaceAll((_, entry) -> new Entry(entry.keyPlace(), filled(entry.value())));
            case Rows rows -> rows.items().replaceAll(Located::filled);
            case Leaf _ -> {}
        }
    }

    private static Tree filled(Tree tree) {
        if (tree instanceof Leaf leaf) {
            return fill(leaf);
        }
        fillFolder(tree);
        return tree;
    }

    private static Leaf fill(Leaf leaf) {
        String folder = Matcher.quoteReplacement(
                leaf.place().folder().toAbsolutePath().normalize().toString());
        String text = FOLDER.matcher(leaf.text()).replaceAll(folder);
        return text.equals(leaf.text()) ? leaf : new Leaf(leaf.place(), Kind.TEXT, text);
    }

    private static Optional<Branch> under(Branch in, String key) {
        return Optional.ofNullable(in.entries().get(key))
                .map(Entry::value)
                .filter(Branch.class::isInstance)
                .map(Branch.class::cast);
    }
}
