package dev.changeover.harness.gateway.program;

import dev.changeover.harness.scenario.Braces;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;

/// Text with names in double braces: `http://{{old.address}}/v1`. Anything else in braces is left as it is.
public final class Template {

    private Template() {}

    /// @throws IllegalArgumentException naming a name that has no value, and those that have one
    public static String fill(String text, Map<String, String> values) {
        return Braces.NAME.matcher(text).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException("{{%s}} has no value; there are %s"
                        .formatted(match.group(1), String.join(", ", new TreeSet<>(values.keySet()))));
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
