package dev.changeover.harness.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What was read from a mapping: values that are right by themselves. Asking for the wrong type is our own mistake.
///
/// @param values by key; keys with a problem are not in it
/// @param places of what was written
/// @param usable whether every value that must be there is, and none had a problem
record Fields(Place place, Map<String, Object> values, Map<String, Place> places, boolean usable) {

    boolean has(String key) {
        return values.containsKey(key);
    }

    <T> Optional<T> find(String key, Class<T> type) {
        return Optional.ofNullable(values.get(key)).map(type::cast);
    }

    <T> T value(String key, Class<T> type) {
        return find(key, type).orElseThrow(() -> new IllegalStateException("no " + key));
    }

    <T> List<T> list(String key, Class<T> type) {
        return find(key, List.class).stream()
                .flatMap(items -> ((List<?>) items).stream())
                .map(type::cast)
                .toList();
    }

    /// Of a mapping of names to texts; empty when it is not there.
    Map<String, String> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        find(key, Map.class)
                .ifPresent(given -> ((Map<?, ?>) given).forEach((k, v) -> texts.put((String) k, (String) v)));
        return texts;
    }

    OptionalLong count(String key) {
        return find(key, Long.class).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /// A part that may be `none`.
    Optional<Fields> part(String key) {
        return values.get(key) instanceof Fields part ? Optional.of(part) : Optional.empty();
    }

    Optional<Fields> table(String key) {
        return find(key, Fields.class);
    }

    /// Of what may be a word or a table.
    boolean isTable(String key) {
        return values.get(key) instanceof Fields;
    }

    /// Where the value is, else where the mapping is.
    Place placeOf(String key) {
        return places.getOrDefault(key, place);
    }
}
