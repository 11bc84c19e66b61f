package dev.changeover.toxics.conformance;

import dev.changeover.toxics.conformance.Results.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The suite's table as a page: `target/toxiproxy-conformance.md`, and in `docs` when asked.
final class ResultPage {

    private static final Path TARGET = Path.of("target/toxiproxy-conformance.md");
    private static final Path DOCS = Path.of("../docs/toxiproxy-conformance.md");
    private static final String INTO_DOCS = "changeover.conformance.docs";

    private ResultPage() {}

    static void write(Results.Table table) {
        try {
            Files.createDirectories(TARGET.getParent());
            Files.writeString(TARGET, page(table));
            if (Boolean.getBoolean(INTO_DOCS)) {
                Files.copy(TARGET, DOCS, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String page(Results.Table table) {
        StringBuilder page = new StringBuilder();
        page.append("| test | ")
                .append(Arrays.stream(Backend.values()).map(ResultPage::words).collect(Collectors.joining(" | ")))
                .append(" | difference |\n|---|")
                .append("---|".repeat(Backend.values().length + 1))
                .append('\n');
        table.classes.forEach((test, rows) -> {
            page.append("| **").append(words(test.replaceFirst("Test$", ""))).append("** |");
            page.append("|".repeat(Backend.values().length + 1)).append('\n');
            rows.forEach((method, row) -> page.append(line(method, row)));
        });
        return page.toString();
    }

    private static String line(String method, Row row) {
        String cells = Arrays.stream(Backend.values())
                .map(backend -> row.results().getOrDefault(backend, Results.Result.SKIPPED))
                .map(ResultPage::words)
                .collect(Collectors.joining(" | "));
        String differences = row.differences().stream().map(ResultPage::words).collect(Collectors.joining(", "));
        return "| %s | %s | %s |\n".formatted(words(method), cells, differences);
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// `aBareEndIsNotDelayed` as a person writes it.
    static String words(String camelCase) {
        return camelCase
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
