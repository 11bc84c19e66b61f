package dev.changeover.cli;

import dev.changeover.harness.check.FaultSummary;
import dev.changeover.harness.check.RollbackSummary;
import dev.changeover.harness.gate.Judgement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One scenario's line of the table that ends a run of several.
///
/// @param reason the first, in full
record RunRow(String scenario, String verdict, String reason, String rto, String lost, String rollback, int exitCode) {

    private static final String NONE = "-";
    private static final int WIDTH = 100;
    private static final String INDENT = "  ";
    private static final List<String> HEAD = List.of("scenario", "verdict", "RTO", "lost", "rollback", "exit");

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

    /// Columns as wide as they need to be; below each line its first reason, cut to the width of a terminal.
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
        return line(HEAD, widths)
                + rows.stream()
                        .map(row -> line(row.cells(), widths) + row.why())
                        .collect(Collectors.joining());
    }

    private String why() {
        String oneLine = INDENT + reason.replaceAll("\\s+", " ");
        String cut = oneLine.length() > WIDTH ? oneLine.substring(0, WIDTH - 3).stripTrailing() + "..." : oneLine;
        return cut + System.lineSeparator();
    }

    private List<String> cells() {
        return List.of(scenario, verdict, rto, lost, rollback, Integer.toString(exitCode));
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                        .mapToObj(i -> padded(cells.get(i), widths[i]))
                        .collect(Collectors.joining("  "))
                        .stripTrailing()
                + System.lineSeparator();
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }
}
