package dev.changeover.cli;

import dev.changeover.harness.check.FaultSummary;
import dev.changeover.harness.check.RollbackSummary;
import dev.changeover.harness.gate.Judgement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One scenario's line of the table that ends a run of several.
///
/// @param reason the first, in full
record RunRow(String scenario, String verdict, String reason, String rto, String lost, String rollback, int exitCode) {

    private static final String NONE = "-";
    private static final int WIDTH = 150;
    private static final int REASON = 2;
    private static final int SHORTEST_REASON = 24;
    private static final List<String> HEAD =
            List.of("scenario", "verdict", "first reason", "RTO", "lost", "rollback", "exit");

    static RunRow of(JudgedRun run) {
        Judgement judgement = run.judgement();
        String verdict = judgement.verdict().name();
        return new RunRow(
                judgement.scenario().name(),
                verdict,
                judgement.reasons().getFirst().replaceFirst("^" + verdict + ": ", ""),
                rto(judgement.faults()),
                Long.toString(judgement.ledger().lost()),
                judgement.course().rollback().map(RunRow::rollback).orElse(NONE),
                run.exitCode());
    }

    static RunRow failed(String scenario, String why, int exitCode) {
        return new RunRow(scenario, NONE, why, NONE, NONE, NONE, exitCode);
    }

    /// The longest; `never` when one was never recovered from.
    private static String rto(List<FaultSummary> faults) {
        List<FaultSummary> known =
                faults.stream().filter(FaultSummary::rtoKnown).toList();
        if (known.stream().anyMatch(fault -> fault.rtoMillis().isEmpty())) {
            return "never";
        }
        return known.stream().mapToDouble(fault -> fault.rtoMillis().getAsDouble()).max().stream()
                .mapToObj(RunRow::seconds)
                .findFirst()
                .orElse(NONE);
    }

    private static String rollback(RollbackSummary rollback) {
        if (rollback.afterMillis().isPresent()) {
            return seconds(rollback.afterMillis().getAsDouble());
        }
        return rollback.conditions().stream().anyMatch(RollbackSummary.Condition::broken) ? "never" : "not known";
    }

    private static String seconds(double millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }

    /// Columns as wide as they need to be, but for the reason, which is cut to what is left of the line.
    static String table(List<RunRow> rows) {
        List<List<String>> lines = rows.stream().map(RunRow::cells).toList();
        int[] widths = IntStream.range(0, HEAD.size())
                .map(i -> Math.max(
                        HEAD.get(i).length(),
                        lines.stream()
                                .mapToInt(line -> line.get(i).length())
                                .max()
                                .orElse(0)))
                .toArray();
        int others = Arrays.stream(widths).sum() - widths[REASON] + 2 * (widths.length - 1);
        widths[REASON] = Math.min(widths[REASON], Math.max(SHORTEST_REASON, WIDTH - others));
        return line(HEAD, widths)
                + lines.stream().map(line -> line(line, widths)).collect(Collectors.joining());
    }

    private List<String> cells() {
        String oneLine = reason.replaceAll("\\s+", " ");
        return List.of(scenario, verdict, oneLine, rto, lost, rollback, Integer.toString(exitCode));
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                        .mapToObj(i -> padded(cells.get(i), widths[i]))
                        .collect(Collectors.joining("  "))
                        .stripTrailing()
                + System.lineSeparator();
    }

    private static String padded(String cell, int width) {
        String cut = cell.length() > width ? cell.substring(0, width - 3).stripTrailing() + "..." : cell;
        return cut + " ".repeat(width - cut.length());
    }
}
