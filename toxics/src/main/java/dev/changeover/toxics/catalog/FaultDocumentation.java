package dev.changeover.toxics.catalog;

import dev.changeover.toxics.catalog.CatalogFault.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What a person reads of the catalog in a terminal: plain text of at most 100 columns, each line ended.
public final class FaultDocumentation {

    private static final int COLUMNS = 100;

    private FaultDocumentation() {}

    /// All faults, a sentence each, under the titles of their groups.
    public static String list(List<FaultGroup> groups) {
        int width = groups.stream()
                .flatMap(group -> group.faults().stream())
                .mapToInt(fault -> fault.name().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (FaultGroup group : groups) {
            text.append(text.isEmpty() ? "" : "\n").append(group.title()).append('\n');
            for (CatalogFault fault : group.faults()) {
                text.append(hung("  " + padded(fault.name(), width) + "  ", fault.does()));
            }
        }
        return text.toString();
    }

    /// What a person wants to know before using a fault: what it does, where it was seen, its parameters, and how to
    /// write it in a scenario.
    public static String of(CatalogFault fault) {
        StringBuilder text = new StringBuilder(fault.name()).append("\n\n");
        text.append(hung("  ", fault.does())).append(hung("  Seen: ", fault.seen()));
        text.append(parameters("Parameters", fault, parameter -> !OnCalls.chooses(parameter)))
                .append(parameters("Which calls", fault, OnCalls::chooses));
        return text.append("\nIn a scenario\n").append(example(fault).indent(2)).toString();
    }

    /// The fault in a scenario's YAML, with every parameter that has a value when it is not given.
    public static String example(CatalogFault fault) {
        StringBuilder yaml = new StringBuilder("faults:\n");
        yaml.append("  - { at: 2m, for: 4m, on: old, fault: ").append(fault.name());
        int line = yaml.lastIndexOf("\n") + 1;
        for (Parameter parameter : fault.parameters()) {
            if (parameter.fallback().isPresent()) {
                String entry = parameter.name() + ": " + parameter.fallback().get();
                boolean fits = yaml.length() - line + entry.length() + 4 <= COLUMNS - 2;
                yaml.append(fits ? ", " : ",\n      ").append(entry);
                line = yaml.lastIndexOf("\n") + 1;
            }
        }
        return yaml.append(" }\n").toString();
    }

    /// How a parameter's value is written, and what it is when not given.
    static String written(Parameter parameter) {
        return parameter.kind().example()
                + parameter.fallback().map("; %s unless given"::formatted).orElse("; may be left out");
    }

    private static String parameters(String title, CatalogFault fault, Predicate<Parameter> shown) {
        List<Parameter> some = fault.parameters().stream().filter(shown).toList();
        int width = some.stream().mapToInt(p -> p.name().length()).max().orElse(0);
        return some.stream()
                .map(p -> parameter(p, width))
                .collect(Collectors.joining("", some.isEmpty() ? "" : "\n" + title + "\n", ""));
    }

    private static String parameter(Parameter parameter, int width) {
        String margin = "  " + " ".repeat(width) + "  ";
        return hung("  " + padded(parameter.name(), width) + "  ", parameter.means())
                + hung(margin, written(parameter));
    }

    private static String padded(String name, int width) {
        return name + " ".repeat(width - name.length());
    }

    /// The text in lines that all begin where the first begins, after its head.
    private static String hung(String head, String text) {
        String margin = " ".repeat(head.length());
        StringBuilder all = new StringBuilder(head);
        List<String> line = new ArrayList<>();
        int length = head.length();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && length + word.length() > COLUMNS) {
                all.append(String.join(" ", line)).append('\n').append(margin);
                line.clear();
                length = margin.length();
            }
            line.add(word);
            length += word.length() + 1;
        }
        return all.append(String.join(" ", line)).append('\n').toString();
    }
}
