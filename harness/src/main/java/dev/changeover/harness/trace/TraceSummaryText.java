package dev.changeover.harness.trace;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A summary as plain text, one fact a line.
public final class TraceSummaryText {

    private static final int MODELS_SHOWN = 20;
    /// Requests a second below which nobody would wait for a replay.
    private static final double RARE = 0.01;

    private TraceSummaryText() {}

    /// Ends with a line end.
    public static String of(TraceSummary summary) {
        StringBuilder text = new StringBuilder();
        line(text, "requests", number("%,d over %s", summary.requests(), span(summary)));
        line(text, "rate", rate(summary));
        line(text, "bursts", bursts(summary));
        line(text, "input tokens", tokens(summary.inputTokens()));
        line(text, "output tokens", tokens(summary.outputTokens()));
        line(text, "models", models(summary));
        line(text, "streams", streams(summary));
        line(text, "conversations", conversations(summary));
        line(text, "repeated", repeated(summary.bodies()));
        line(text, "answers", summary.answers() == 0 ? "none recorded" : number("%,d recorded", summary.answers()));
        return text.toString();
    }

    private static void line(StringBuilder text, String what, String value) {
        text.append("%-14s %s\n".formatted(what, value));
    }

    private static String span(TraceSummary summary) {
        double seconds = summary.span().toNanos() / 1e9;
        if (seconds < 120) {
            return number("%.1f s", seconds);
        }
        return seconds < 7_200 ? number("%.1f minutes", seconds / 60) : number("%.1f hours", seconds / 3_600);
    }

    private static String rate(TraceSummary summary) {
        String peak = number("peak %,d in one second", summary.peakRate());
        if (summary.meanRate().isEmpty()) {
            return peak;
        }
        double mean = summary.meanRate().getAsDouble();
        return mean < RARE
                ? number("mean %.2f an hour, %s; import --rate gives another", mean * 3_600, peak)
                : number("mean %.2f/s, %s", mean, peak);
    }

    private static String bursts(TraceSummary summary) {
        if (summary.gapVariation().isEmpty() || summary.emptySeconds().isEmpty()) {
            return "too few requests to say";
        }
        return number(
                "gaps vary by %.2f of their mean (1 is Poisson), %.1f %% of seconds are empty",
                summary.gapVariation().getAsDouble(),
                100 * summary.emptySeconds().getAsDouble());
    }

    private static String tokens(Optional<TraceSummary.TokenQuantiles> tokens) {
        return tokens.map(t -> number(
                        "p50 %,d, p95 %,d, p99 %,d, max %,d (of %,d requests)",
                        t.p50(), t.p95(), t.p99(), t.max(), t.count()))
                .orElse("not recorded");
    }

    private static String models(TraceSummary summary) {
        if (summary.models().isEmpty()) {
            return "not recorded";
        }
        String shown = summary.models().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(MODELS_SHOWN)
                .map(model -> number("%s (%,d)", Quoted.printable(model.getKey()), model.getValue()))
                .collect(Collectors.joining(", "));
        int hidden = summary.models().size() - MODELS_SHOWN;
        return hidden > 0 ? number("%s and %,d more", shown, hidden) : shown;
    }

    private static String streams(TraceSummary summary) {
        return summary.streamKnown() == 0
                ? "not recorded"
                : number(
                        "%.1f %% of %,d requests",
                        100.0 * summary.streamed() / summary.streamKnown(), summary.streamKnown());
    }

    private static String conversations(TraceSummary summary) {
        TraceSummary.Distinct conversations = summary.conversations();
        if (conversations.different() == 0) {
            return "not recorded";
        }
        if (summary.meanConversation().isEmpty()) {
            return number("more than %,d", conversations.different());
        }
        return number(
                "%,d of %.1f requests on average",
                conversations.different(), summary.meanConversation().getAsDouble());
    }

    private static String repeated(TraceSummary.Distinct bodies) {
        if (bodies.different() == 0) {
            return "cannot be told, no bodies recorded";
        }
        String atLeast = bodies.complete() ? "" : "at least ";
        return number("%s%,d of the bodies are repeats of one before", atLeast, bodies.repeated());
    }

    private static String number(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
