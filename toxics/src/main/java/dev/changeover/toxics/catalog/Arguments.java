package dev.changeover.toxics.catalog;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The values of a fault's parameters, read as their kinds ask.
public final class Arguments {

    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|s|m|h)");

    private final SortedMap<String, String> texts;

    private Arguments(SortedMap<String, String> texts) {
        this.texts = texts;
    }

    static Arguments of(CatalogFault fault, Map<String, String> given) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (CatalogFault.Parameter parameter : fault.parameters()) {
            texts.put(parameter.name(), parameter.fallback());
        }
        given.forEach((name, text) -> {
            if (!texts.containsKey(name)) {
                throw new IllegalArgumentException("%s has no parameter '%s'; it has %s"
                        .formatted(fault.name(), name, texts.isEmpty() ? "none" : String.join(", ", texts.keySet())));
            }
            texts.put(name, text);
        });
        return new Arguments(texts);
    }

    /// A duration with its unit.
    public Duration duration(String name) {
        Matcher matcher = DURATION.matcher(texts.get(name));
        if (!matcher.matches()) {
            throw refused(name, CatalogFault.Kind.DURATION);
        }
        long nanosPerUnit = switch (matcher.group(2)) {
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
        try {
            return Duration.ofNanos(new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(nanosPerUnit))
                    .longValueExact());
        } catch (ArithmeticException _) {
            throw refused(name, CatalogFault.Kind.DURATION);
        }
    }

    /// A percentage, as a number from 0 to 1.
    public double share(String name) {
        String text = texts.get(name);
        try {
            if (text.endsWith("%")) {
                double share = Double.parseDouble(text.substring(0, text.length() - 1)) / 100;
                if (share >= 0 && share <= 1) {
                    return share;
                }
            }
        } catch (NumberFormatException _) {
            // said below, with the value
        }
        throw refused(name, CatalogFault.Kind.SHARE);
    }

    /// A whole number from 0 on.
    public int notNegative(String name) {
        try {
            int number = Integer.parseInt(texts.get(name));
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below, with the value
        }
        throw refused(name, CatalogFault.Kind.INTEGER);
    }

    private IllegalArgumentException refused(String name, CatalogFault.Kind kind) {
        return new IllegalArgumentException("%s must be %s, got '%s'".formatted(name, kind.example(), texts.get(name)));
    }
}
