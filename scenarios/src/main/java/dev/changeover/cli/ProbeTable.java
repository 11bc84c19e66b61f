package dev.changeover.cli;

import dev.changeover.harness.probe.Probe;
import dev.changeover.harness.probe.ProbeAnswer;
import dev.changeover.harness.probe.Probing;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// What came of the probes, the old provider beside the new one.
final class ProbeTable {

    private static final int NAME = 18;
    private static final int VALUE = 34;

    /// One line of a probe.
    ///
    /// @param shown what stands in the table
    /// @param compared what two answers are held to each other by; times and counts are shown and not compared
    private record Line(
            String name, Function<ProbeAnswer, String> shown, Function<ProbeAnswer, Object> compared, boolean always) {}

    private static final Object NOT_COMPARED = new Object();

    private static final List<Line> LINES = List.of(
            new Line("outcome", ProbeTable::outcome, ProbeAnswer::error, true),
            new Line(
                    "status",
                    a -> a.status().isPresent() ? "" + a.status().getAsInt() : "-",
                    ProbeAnswer::status,
                    true),
            new Line("finish reason", a -> a.finishReason().orElse("-"), ProbeAnswer::finishReason, true),
            new Line("model", ProbeTable::model, ProbeAnswer::modelAsAsked, true),
            new Line("usage", a -> usage(a.usage()), a -> a.usage().output().isPresent(), true),
            new Line("counted here", a -> tokens(a.counted()), _ -> NOT_COMPARED, true),
            new Line("JSON", a -> form(a.form()), ProbeTable::comparableForm, false),
            new Line("[DONE]", a -> a.done() ? "yes" : "no", ProbeAnswer::done, false),
            new Line("chunks", a -> Integer.toString(a.chunks()), _ -> NOT_COMPARED, false),
            new Line("first token", a -> millis(a.firstTokenNanos()), _ -> NOT_COMPARED, false),
            new Line("whole answer", a -> millis(OptionalLong.of(a.totalNanos())), _ -> NOT_COMPARED, true),
            new Line("said", a -> a.said().orElse("-"), _ -> NOT_COMPARED, false));

    private final Probing probing;
    private final List<String> lines = new ArrayList<>();
    private int differences;

    private ProbeTable(Probing probing) {
        this.probing = probing;
    }

    /// Without the value of any secret.
    static String of(Probing probing) {
        ProbeTable table = new ProbeTable(probing);
        for (Probe probe : Probe.values()) {
            table.add(probe);
        }
        table.headers();
        probing.warnings().forEach(warning -> table.lines.add("written anew for " + warning));
        table.lines.add(
                probing.answers().size() < 2
                        ? "one provider: nothing to compare it with"
                        : "%d lines differ; times and counts of one answer are shown, and not compared"
                                .formatted(table.differences));
        return probing.redaction().apply(String.join(System.lineSeparator(), table.lines));
    }

    private void add(Probe probe) {
        List<ProbeAnswer> answers =
                probing.answers().values().stream().map(of -> of.get(probe)).toList();
        lines.add(row(
                probe.word(), probing.answers().keySet().stream().map(Arm::word).toList(), "(" + probe.about() + ")"));
        for (Line line : LINES) {
            if (line.always() || applies(line.name(), probe, answers)) {
                boolean differs = differ(answers.stream().map(line.compared()));
                differences += differs ? 1 : 0;
                lines.add(row(
                        "  " + line.name(), answers.stream().map(line.shown()).toList(), differs ? "differs" : ""));
            }
        }
        lines.add("");
    }

    private static boolean differ(Stream<Object> values) {
        return values.filter(value -> value != NOT_COMPARED).distinct().count() > 1;
    }

    private static boolean applies(String name, Probe probe, List<ProbeAnswer> answers) {
        return switch (name) {
            case "JSON" -> answers.stream().anyMatch(a -> a.form() != ProbeAnswer.Form.NOT_ASKED);
            case "said" -> answers.stream().anyMatch(a -> a.said().isPresent());
            default -> probe.stream();
        };
    }

    private void headers() {
        probing.answers()
                .forEach((arm, answers) ->
                        lines.add("%s tells of its limits in: %s".formatted(arm.word(), names(answers))));
    }

    private static String names(Map<Probe, ProbeAnswer> answers) {
        TreeSet<String> names = new TreeSet<>();
        answers.values().forEach(answer -> names.addAll(answer.rateHeaders()));
        return names.isEmpty() ? "no header" : String.join(", ", names);
    }

    /// A value that is longer than its column moves what follows to the right; nothing is cut.
    private static String row(String name, List<String> values, String note) {
        StringBuilder row = new StringBuilder(padded(name, NAME));
        values.forEach(value -> row.append(padded(value, VALUE)));
        return row.append(note).toString().stripTrailing();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(2, width - text.length()));
    }

    private static String outcome(ProbeAnswer answer) {
        return answer.error().map(ErrorKind::word).orElse("served");
    }

    private static String model(ProbeAnswer answer) {
        return answer.model()
                .map(name -> answer.modelAsAsked() ? name : name + " (other)")
                .orElse("-");
    }

    private static String usage(Usage usage) {
        return usage.output().isEmpty()
                ? "none"
                : "%s in, %s out".formatted(tokens(usage.input()), tokens(usage.output()));
    }

    private static String tokens(OptionalLong tokens) {
        return tokens.isPresent() ? Long.toString(tokens.getAsLong()) : "-";
    }

    private static Object comparableForm(ProbeAnswer answer) {
        return answer.form() == ProbeAnswer.Form.NOT_ASKED ? NOT_COMPARED : answer.form();
    }

    private static String form(ProbeAnswer.Form form) {
        return form == ProbeAnswer.Form.NOT_ASKED ? "-" : form.name().toLowerCase(Locale.ROOT);
    }

    private static String millis(OptionalLong nanos) {
        return nanos.isPresent() ? String.format(Locale.ROOT, "%.0f ms", nanos.getAsLong() / 1e6) : "-";
    }
}
