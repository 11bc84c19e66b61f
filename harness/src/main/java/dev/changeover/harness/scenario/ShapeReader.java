package dev.changeover.harness.scenario;

import dev.changeover.harness.scenario.Shape.Key;
import dev.changeover.harness.scenario.Tree.Branch;
import dev.changeover.harness.scenario.Tree.Entry;
import dev.changeover.harness.scenario.Tree.Kind;
import dev.changeover.harness.scenario.Tree.Leaf;
import dev.changeover.harness.scenario.Tree.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a tree by its shape, and goes on after every problem.
final class ShapeReader {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private static final String NULL_WORD = "null";

    private final List<Problem> problems;

    ShapeReader(List<Problem> problems) {
        this.problems = problems;
    }

    /// Empty when it had a problem, which has been added. `false` stands for `none`.
    Optional<Object> read(Tree tree, Shape shape) {
        return switch (shape) {
            case Shape.Scalar scalar -> leaf(tree, scalar.means()).flatMap(leaf -> scalar(leaf, scalar));
            case Shape.Secret _ -> secret(tree);
            case Shape.Word word ->
                isNullWord(tree, word)
                        ? Optional.of(word.words().get(NULL_WORD))
                        : leaf(tree, "one of " + String.join(", ", word.words().keySet()))
                                .flatMap(leaf -> word(leaf, word));
            case Shape.Table table -> branch(tree, table.keys()).map(b -> fields(b, table.keys()));
            case Shape.Variants variants -> branch(tree, variants.common()).map(b -> fields(b, keysOf(b, variants)));
            case Shape.Names _ -> branch(tree, List.of()).map(this::names);
            case Shape.NameLists _ -> branch(tree, List.of()).map(this::nameLists);
            case Shape.ListOf list -> rows(tree, list);
            case Shape.NoneOr noneOr ->
                tree instanceof Leaf leaf && leaf.text().equals("none")
                        ? Optional.of(false)
                        : read(tree, noneOr.table());
            case Shape.WordOr(Shape.Word word, Shape.Table table) -> read(tree, tree instanceof Branch ? table : word);
            case Shape.Later _ -> later(tree.place(), "this");
        };
    }

    private Fields fields(Branch branch, List<Key> keys) {
        int before = problems.size();
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Place> places = new LinkedHashMap<>();
        List<String> known = keys.stream().map(Key::name).toList();
        branch.entries().forEach((name, entry) -> {
            Optional<Key> key = keys.stream().filter(k -> k.name().equals(name)).findFirst();
            if (key.isEmpty()) {
                problems.add(
                        entry.keyPlace().problem("unknown key '%s'".formatted(name), Suggestion.among(known, name)));
            } else if (key.get().shape() instanceof Shape.Later) {
                later(entry.keyPlace(), "'" + name + "'");
            } else {
                places.put(name, entry.value().place());
                read(entry.value(), key.get().shape()).ifPresent(value -> values.put(name, value));
            }
        });
        keys.stream()
                .filter(key -> !branch.entries().containsKey(key.name()))
                .forEach(key -> absent(branch, key, values));
        return new Fields(branch.place(), values, places, problems.size() == before);
    }

    private void absent(Branch branch, Key key, Map<String, Object> values) {
        if (key.required()) {
            problems.add(branch.place()
                    .problem("'%s' is missing".formatted(key.name()), "add %s: %s".formatted(key.name(), key.means())));
        }
        key.fallback().ifPresent(text -> {
            Tree written = text.equals("{}") ? Branch.empty(branch.place()) : new Leaf(branch.place(), Kind.TEXT, text);
            read(written, key.shape()).ifPresent(value -> values.put(key.name(), value));
        });
    }

    private List<Key> keysOf(Branch branch, Shape.Variants variants) {
        List<Key> keys = new ArrayList<>(variants.common());
        Entry chosen = branch.entries().get(variants.by());
        if (chosen != null && chosen.value() instanceof Leaf leaf) {
            keys.addAll(variants.more().getOrDefault(leaf.text(), ofAll(variants)));
        }
        return keys;
    }

    /// For an unknown word, which is one problem and not several.
    private static List<Key> ofAll(Shape.Variants variants) {
        Map<String, Key> keys = new LinkedHashMap<>();
        variants.more().values().forEach(some -> some.forEach(key -> keys.putIfAbsent(key.name(), optional(key))));
        return List.copyOf(keys.values());
    }

    private static Key optional(Key key) {
        return new Key(key.name(), key.shape(), false, Optional.empty(), key.means());
    }

    private Map<String, String> names(Branch branch) {
        Map<String, String> names = new LinkedHashMap<>();
        branch.entries()
                .forEach((name, entry) -> leaf(entry.value(), "a name")
                        .filter(this::withoutReference)
                        .ifPresent(leaf -> names.put(name, leaf.text())));
        return names;
    }

    private Map<String, List<String>> nameLists(Branch branch) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        branch.entries()
                .forEach((name, entry) -> read(entry.value(), new Shape.ListOf(Scalars.TEXT))
                        .ifPresent(list -> lists.put(
                                name,
                                ((List<?>) list)
                                        .stream().map(String.class::cast).toList())));
        return lists;
    }

    private Optional<Object> rows(Tree tree, Shape.ListOf list) {
        if (!(tree instanceof Rows rows)) {
            return refuse(tree.place(), "%s where a list is needed".formatted(tree.noun()), "write [ ... ]");
        }
        List<Object> values = new ArrayList<>();
        rows.items().forEach(item -> read(item, list.element()).ifPresent(values::add));
        return values.size() == rows.items().size() || list.element() instanceof Shape.Variants
                ? Optional.of(values)
                : Optional.empty();
    }

    private Optional<Object> scalar(Leaf leaf, Shape.Scalar scalar) {
        if (!withoutReference(leaf)) {
            return Optional.empty();
        }
        try {
            return Optional.of(scalar.read().apply(leaf.text()));
        } catch (IllegalArgumentException e) {
            return refuse(leaf.place(), e.getMessage(), "write " + scalar.means());
        }
    }

    /// YAML takes the word for nothing, and whoever writes it means the word.
    private static boolean isNullWord(Tree tree, Shape.Word word) {
        return tree instanceof Leaf leaf
                && leaf.text().equals(NULL_WORD)
                && word.words().containsKey(NULL_WORD);
    }

    private Optional<Object> word(Leaf leaf, Shape.Word word) {
        Object value = word.words().get(leaf.text());
        return value != null
                ? Optional.of(value)
                : refuse(
                        leaf.place(),
                        "unknown word '%s'".formatted(leaf.text()),
                        Suggestion.among(word.words().keySet(), leaf.text()));
    }

    private Optional<Object> secret(Tree tree) {
        if (tree instanceof Leaf leaf) {
            Matcher matcher = REFERENCE.matcher(leaf.text());
            if (matcher.matches()) {
                return Optional.of(matcher.group(1));
            }
        }
        return refuse(
                tree.place(),
                "a secret must not stand in a scenario",
                "put it into an environment variable, and write \"${NAME}\" here");
    }

    private boolean withoutReference(Leaf leaf) {
        if (leaf.text().contains("${")) {
            refuse(leaf.place(), "'${...}' is only for secrets (api_key)", "write the value, or use --set");
            return false;
        }
        return true;
    }

    private Optional<Branch> branch(Tree tree, List<Key> keys) {
        if (tree instanceof Branch branch) {
            return Optional.of(branch);
        }
        String inside = String.join(", ", keys.stream().map(Key::name).toList());
        refuse(tree.place(), "%s where a mapping is needed".formatted(tree.noun()), "write { %s }".formatted(inside));
        return Optional.empty();
    }

    private Optional<Leaf> leaf(Tree tree, String means) {
        if (tree instanceof Leaf leaf && leaf.kind() != Kind.NULL) {
            return Optional.of(leaf);
        }
        refuse(tree.place(), "%s where a value is needed".formatted(tree.noun()), "write " + means);
        return Optional.empty();
    }

    private Optional<Object> later(Place place, String what) {
        return refuse(place, what + " is not in this version yet", "remove it");
    }

    private Optional<Object> refuse(Place place, String what, String remedy) {
        problems.add(place.problem(what, remedy));
        return Optional.empty();
    }
}
