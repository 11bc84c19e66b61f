package dev.changeover.toxics.catalog;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The values of a fault's parameters, read as their kinds ask.
public final class Arguments {

    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|s|m|h)");

    private static final Pattern RATE = Pattern.compile("(\\d{1,9})(KB|MB)/s");

    private final SortedMap<String, String> texts;

    private Arguments(SortedMap<String, String> texts) {
        this.texts = texts;
    }

    static Arguments of(CatalogFault fault, Map<String, String> given) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (CatalogFault.Parameter parameter : fault.parameters()) {
            parameter.fallback().ifPresent(fallback -> texts.put(parameter.name(), fallback));
        }
        given.forEach((name, text) -> {
            if (fault.parameter(name).isEmpty()) {
                throw new IllegalArgumentException(
                        "%s has no parameter '%s'; it has %s".formatted(fault.name(), name, names(fault)));
            }
            texts.put(name, text);
        });
        return new Arguments(texts);
    }

    private static String names(CatalogFault fault) {
        return fault.parameters().isEmpty()
                ? "none"
                : fault.parameters().stream()
                        .map(CatalogFault.Parameter::name)
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    /// Whether it was given or has a fallback; the others may be asked only for what is there.
    public boolean has(String name) {
        return texts.containsKey(name);
    }

    /// As written.
    public String text(String name) {
        return texts.get(name);
    }

    /// Whether it is `true`.
    public boolean truth(String name) {
        return switch (texts.get(name)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(name, CatalogFault.Plain.TRUTH);
        };
    }

    /// The one of these words that was written.
    ///
    /// @param words by how they are written, in the order of the kind
    public <T> T oneOf(String name, SequencedMap<String, T> words) {
        T chosen = words.get(texts.get(name));
        if (chosen == null) {
            throw refused(name, new CatalogFault.OneOf(List.copyOf(words.sequencedKeySet())));
        }
        return chosen;
    }

    /// Whole kilobytes (of 1,000 bytes) a second.
    public long kilobytesPerSecond(String name) {
        Matcher matcher = RATE.matcher(texts.get(name));
        if (!matcher.matches()) {
            throw refused(name, CatalogFault.Plain.RATE);
        }
        return Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("MB") ? 1_000 : 1);
    }

    /// A duration with its unit.
    public Duration duration(String name) {
        Matcher matcher = DURATION.matcher(texts.get(name));
        if (!matcher.matches()) {
            throw refused(name, CatalogFault.Plain.DURATION);
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
            throw refused(name, CatalogFault.Plain.DURATION);
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
        throw refused(name, CatalogFault.Plain.SHARE);
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
        throw refused(name, CatalogFault.Plain.INTEGER);
    }

    private IllegalArgumentException refused(String name, CatalogFault.Kind kind) {
        return new IllegalArgumentException("%s must be %s, got '%s'".formatted(name, kind.example(), texts.get(name)));
    }
}
