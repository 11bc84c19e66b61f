package dev.changeover.reports.render;

import dev.changeover.harness.gate.Judgement;
import dev.changeover.harness.history.History;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes every report of a run into its folder.
public final class Reports {

    @FunctionalInterface
    private interface Content {
        void writeTo(Writer writer) throws IOException;
    }

    private Reports() {}

    /// Writes each file beside its place and then moves it there, so that nobody ever reads half a report.
    ///
    /// @throws IOException when the folder cannot be written; files of earlier reports then are whole
    public static void writeAll(Judgement judgement, History history, Path folder) throws IOException {
        write(folder.resolve("report.html"), w -> w.write(HtmlReport.render(judgement, history)));
        write(folder.resolve("report.json"), w -> w.write(JsonReport.render(judgement, history)));
        write(folder.resolve("report.md"), w -> w.write(MarkdownReport.render(judgement, history)));
        write(folder.resolve("junit.xml"), w -> w.write(JunitReport.render(judgement, history)));
        write(folder.resolve("requests.csv"), w -> RequestsCsv.write(history, w));
    }

    private static void write(Path file, Content content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (Writer writer = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
                content.writeTo(writer);
            }
            move(unfinished, file);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
