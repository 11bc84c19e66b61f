package dev.changeover.benchmarks.replay;

import dev.changeover.benchmarks.common.Rounds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The figures of all rounds, a row for each measure and a column for each client.
final class Table {

    private record Row(String format, Rounds rounds) {}

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final List<String> clients;

    Table(List<String> clients) {
        this.clients = clients;
    }

    /// Rows stand in the order in which they first got a figure.
    ///
    /// @param format of a figure; one that is not there is left out
    void add(String measure, String format, String client, double figure) {
        Rounds rounds = rows.computeIfAbsent(measure, _ -> new Row(format, new Rounds()))
                .rounds();
        if (Double.isFinite(figure)) {
            rounds.add(client, figure);
        }
    }

    String markdown() {
        String head = "| | %s | to Gatling | to wrk |%n|---|%s---|---|%n"
                .formatted(String.join(" | ", clients), "---|".repeat(clients.size()));
        return rows.entrySet().stream()
                .map(row -> row(row.getKey(), row.getValue()))
                .collect(Collectors.joining(System.lineSeparator(), head, ""));
    }

    private String row(String measure, Row row) {
        String figures = clients.stream().map(client -> text(row, client)).collect(Collectors.joining(" | "));
        return "| %s | %s | %s | %s |"
                .formatted(measure, figures, ratio(row, Contender.GATLING), ratio(row, Contender.WRK));
    }

    private static String text(Row row, String client) {
        Rounds.Summary summary = row.rounds().of(client);
        return !summary.there()
                ? ""
                : summary.min() == summary.max()
                        ? number(row.format(), summary.median())
                        : "%s (%s to %s)"
                                .formatted(
                                        number(row.format(), summary.median()),
                                        number(row.format(), summary.min()),
                                        number(row.format(), summary.max()));
    }

    private static String ratio(Row row, String peer) {
        double ours = row.rounds().of(Contender.OURS).median();
        double theirs = row.rounds().of(peer).median();
        return ours > 0 && theirs > 0 ? number(".2f", ours / theirs) : "";
    }

    private static String number(String format, double figure) {
        return String.format(Locale.ROOT, "%" + format, figure);
    }
}
