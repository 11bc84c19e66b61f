package dev.changeover.toxics.conformance;

import dev.changeover.toxics.conformance.Results.Result;
import dev.changeover.toxics.conformance.Results.Row;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the suite found, as a page in Markdown: the backends, the differences, and every test beside each backend.
record ResultPage(Results.Table table) {

    private static final String HEAD = """
        # Toxiproxy conformance

        One suite of tests runs over every Toxiproxy that is there: the embedded one, and the real server as a binary
        and in a container. The suite writes this page:

            exports=$(.ci/podman-toxiproxy) && eval "$exports"      # for the container, where there is no Docker
            ./mvnw -B test -pl toxics -Dtest='dev.changeover.toxics.conformance.*Test' -Dchangeover.conformance.docs=true

        `same`: what the test asserts is asserted of every backend. `as listed`: the test shows a difference, and holds
        the real server to its side and ours to ours; one that vanishes fails. `skipped`: the backend was not there.

        """;

    String text() {
        return HEAD + backends() + differences() + tests();
    }

    private String backends() {
        String lines = Arrays.stream(Backend.values())
                .map(backend -> line(Stream.concat(
                        Stream.of(words(backend), backend.description()),
                        Arrays.stream(Result.values()).map(result -> String.valueOf(count(backend, result))))))
                .collect(Collectors.joining());
        return header(Stream.concat(
                        Stream.of("backend", "is"),
                        Arrays.stream(Result.values()).map(ResultPage::words)))
                + lines;
    }

    private long count(Backend backend, Result result) {
        return table.classes().values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .filter(row -> row.on(backend) == result)
                .count();
    }

    private static String differences() {
        return "\n## Differences\n\n"
                + header(Stream.of("difference", "the real server", "ours", "why", "shown"))
                + Arrays.stream(Difference.values())
                        .map(d -> line(Stream.of(words(d), d.real(), d.ours(), d.why(), words(d.shown()))))
                        .collect(Collectors.joining());
    }

    private String tests() {
        return "\n## Tests\n"
                + table.classes().entrySet().stream()
                        .map(test -> "\n### " + title(test.getKey()) + "\n\n" + rows(test.getValue()))
                        .collect(Collectors.joining());
    }

    private static String rows(Map<String, Row> rows) {
        Stream<String> head = Stream.of(
                        Stream.of("test"),
                        Arrays.stream(Backend.values()).map(ResultPage::words),
                        Stream.of("difference"))
                .flatMap(words -> words);
        return header(head)
                + rows.entrySet().stream()
                        .map(row -> row(words(row.getKey()), row.getValue()))
                        .collect(Collectors.joining());
    }

    private static String row(String test, Row row) {
        return line(Stream.of(
                        Stream.of(test),
                        Arrays.stream(Backend.values()).map(row::on).map(ResultPage::words),
                        Stream.of(row.differences().stream()
                                .map(ResultPage::words)
                                .collect(Collectors.joining(", "))))
                .flatMap(words -> words));
    }

    private static String header(Stream<String> cells) {
        String line = line(cells);
        return line + line.strip().replaceAll("[^|]+", "---") + "\n";
    }

    private static String line(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String title(String testClass) {
        String words = words(testClass.replaceFirst("Test$", ""));
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// `aBareEndIsNotDelayed` as a person writes it.
    private static String words(String camelCase) {
        return camelCase
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
