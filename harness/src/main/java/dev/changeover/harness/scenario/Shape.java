package dev.changeover.harness.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// What may stand at one place of a scenario: the parser reads by it, and the JSON Schema is written from it.
sealed interface Shape {

    /// A single value.
    ///
    /// @param means what is asked for, in words: `a duration like 420ms`
    /// @param read the value out of its text; throws `IllegalArgumentException` quoting what is wrong
    /// @param schema of the value as YAML resolves it
    record Scalar(String means, Function<String, Object> read, Map<String, Object> schema) implements Shape {}

    /// A reference to a secret, `${NAME}`; a literal one is refused unseen.
    record Secret() implements Shape {}

    /// One of a few words.
    record Word(SequencedMap<String, Object> words) implements Shape {}

    /// A mapping with known keys.
    record Table(List<Key> keys) implements Shape {
        public Table {
            keys = List.copyOf(keys);
        }
    }

    /// A mapping whose further keys depend on the value of one of them.
    record Variants(List<Key> common, String by, SequencedMap<String, List<Key>> more) implements Shape {}

    /// A mapping of free names to texts.
    record Names() implements Shape {}

    /// A mapping of free names to lists of texts.
    record NameLists() implements Shape {}

    record ListOf(Shape element) implements Shape {}

    /// A word that means it is left out, or a table.
    record NoneOr(Table table) implements Shape {}

    /// One of a few words, or a table.
    record WordOr(Word word, Table table) implements Shape {}

    /// Known, and not in this version.
    record Later() implements Shape {}

    /// @param fallback as written; empty: the value is left out, or required
    record Key(String name, Shape shape, boolean required, Optional<String> fallback, String means) {}
}
