package dev.changeover.harness.dialect;

import java.util.List;
import java.util.Locale;

/// What one kind of provider makes of the OpenAI-compatible API.
///
/// @param word as written in a scenario: `azure_openai`
/// @param hosts ends of the host names by which it is known; empty: by none
/// @param key how it is given its key
/// @param rules in the order in which they are carried out
public record Dialect(String word, List<String> hosts, KeyHeader key, List<Rule> rules) {

    public Dialect {
        hosts = List.copyOf(hosts);
        rules = List.copyOf(rules);
    }

    boolean isAt(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return hosts.stream().anyMatch(end -> name.equals(end) || name.endsWith("." + end));
    }

    @Override
    public String toString() {
        return word;
    }
}
