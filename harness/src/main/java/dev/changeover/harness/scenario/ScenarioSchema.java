package dev.changeover.harness.scenario;

import dev.changeover.harness.scenario.Shape.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The JSON Schema (2020-12) of a scenario, written from the same table of keys that the parser reads by.
public final class ScenarioSchema {

    private ScenarioSchema() {}

    /// Indented, ends with a line feed, the same for every call.
    public static String json() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Changeover scenario");
        schema.putAll(of(ScenarioFormat.SCENARIO));
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .build()
                        .writeValueAsString(schema)
                        .replace("\r\n", "\n")
                + "\n";
    }

    private static Map<String, Object> of(Shape shape) {
        return switch (shape) {
            case Shape.Scalar scalar -> scalar.schema();
            case Shape.Secret _ -> Map.of("type", "string", "pattern", "^\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}$");
            case Shape.Word word -> Map.of("enum", words(word));
            case Shape.Table table -> table(table.keys());
            case Shape.Variants variants -> variants(variants);
            case Shape.Names _ -> ordered("type", "object", "additionalProperties", of(Scalars.TEXT));
            case Shape.NameLists _ ->
                ordered("type", "object", "additionalProperties", of(new Shape.ListOf(Scalars.TEXT)));
            case Shape.ListOf list -> ordered("type", "array", "items", of(list.element()));
            case Shape.NoneOr noneOr -> Map.of("anyOf", List.of(Map.of("const", "none"), of(noneOr.table())));
            case Shape.WordOr(Shape.Word word, Shape.Table table) -> Map.of("anyOf", List.of(of(word), of(table)));
            case Shape.Later _ -> Map.of("not", Map.of());
        };
    }

    /// `null`, where it is a word, may stand there as YAML takes it too.
    private static List<Object> words(Shape.Word word) {
        List<Object> words = new ArrayList<>(word.words().keySet());
        if (words.contains("null")) {
            words.add(null);
        }
        return words;
    }

    private static Map<String, Object> table(List<Key> keys) {
        Map<String, Object> properties = new LinkedHashMap<>();
        keys.stream()
                .filter(key -> !(key.shape() instanceof Shape.Later))
                .forEach(key -> properties.put(key.name(), described(key)));
        Map<String, Object> schema = ordered("type", "object", "additionalProperties", false);
        List<String> required =
                keys.stream().filter(Key::required).map(Key::name).toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("properties", properties);
        return schema;
    }

    private static Map<String, Object> described(Key key) {
        Map<String, Object> schema = new LinkedHashMap<>();
        boolean unset = key.fallback()
                .filter(text -> !text.equals("{}") && !text.isEmpty())
                .isEmpty();
        schema.put(
                "description",
                key.means() + (unset ? "" : " (default " + key.fallback().get() + ")"));
        schema.putAll(of(key.shape()));
        return schema;
    }

    private static Map<String, Object> variants(Shape.Variants variants) {
        List<Object> choices = new ArrayList<>();
        variants.more().forEach((word, more) -> {
            List<Key> keys = new ArrayList<>();
            for (Key key : variants.common()) {
                keys.add(key.name().equals(variants.by()) ? only(key, word) : key);
            }
            keys.addAll(more);
            choices.add(table(keys));
        });
        return Map.of("oneOf", choices);
    }

    private static Key only(Key key, String word) {
        Map<String, Object> constant = Map.of("const", word);
        return new Key(
                key.name(),
                new Shape.Scalar(word, text -> text, constant),
                key.required(),
                key.fallback(),
                key.means());
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object two) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, one);
        map.put(second, two);
        return map;
    }
}
