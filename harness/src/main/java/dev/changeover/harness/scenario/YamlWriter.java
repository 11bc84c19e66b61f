package dev.changeover.harness.scenario;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// Writes a tree as YAML: block style, in the order it was written, without comments and aliases.
final class YamlWriter {

    private YamlWriter() {}

    static String write(Tree tree) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(1000)
                .build();
        return new Dump(settings).dumpToString(plain(tree));
    }

    private static Object plain(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf -> value(leaf);
            case Tree.Rows rows -> {
                List<Object> items = new ArrayList<>();
                rows.items().forEach(item -> items.add(plain(item)));
                yield items;
            }
            case Tree.Branch branch -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                branch.entries().forEach((key, entry) -> entries.put(key, plain(entry.value())));
                yield entries;
            }
        };
    }

    /// Numbers only where they come out as they were written: names of models may look like numbers.
    private static Object value(Tree.Leaf leaf) {
        try {
            Object value = switch (leaf.kind()) {
                case INTEGER -> new BigInteger(leaf.text());
                case DECIMAL -> new BigDecimal(leaf.text());
                case BOOLEAN -> Boolean.valueOf(leaf.text());
                case TEXT, NULL -> leaf.text();
            };
            return value.toString().equals(leaf.text()) ? value : leaf.text();
        } catch (NumberFormatException _) {
            return leaf.text();
        }
    }
}
