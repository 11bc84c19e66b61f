package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The files of a recording by their formats: those that were named, and those in folders that were named.
final class RecordingFiles {

    private static final int MOST_FILES = 100_000;

    private final Optional<String> format;
    private final LeftOut leftOut;
    private final Map<Importer, List<TraceFile>> files = new LinkedHashMap<>();
    private int count;

    private RecordingFiles(Optional<String> format, LeftOut leftOut) {
        this.format = format;
        this.leftOut = leftOut;
    }

    /// @param format of all of them; else each file's is told by its content
    /// @param leftOut told of files in folders that are in no known format
    /// @throws TraceException when there is none, or one that was named is in no known format
    static Map<Importer, List<TraceFile>> of(List<Path> named, Optional<String> format, LeftOut leftOut) {
        RecordingFiles found = new RecordingFiles(format, leftOut);
        named.forEach(found::take);
        if (found.files.isEmpty()) {
            throw new TraceException(
                    named.getFirst(),
                    0,
                    "holds no recording" + (leftOut.rows() == 0 ? "" : ": left out are " + leftOut.text()),
                    "name the files of a recording, or a folder with them");
        }
        return found.files;
    }

    private void take(Path path) {
        if (!Files.isDirectory(path)) {
            TraceFile file = new TraceFile(path);
            add(importerOf(file), file);
            return;
        }
        try (Stream<Path> within = Files.walk(path)) {
            within.filter(Files::isRegularFile)
                    .filter(RecordingFiles::isVisible)
                    .sorted()
                    .forEach(this::takeIfKnown);
        } catch (IOException e) {
            throw new TraceFile(path).problem(e);
        }
    }

    private void takeIfKnown(Path path) {
        TraceFile file = new TraceFile(path);
        Importer importer;
        try {
            importer = importerOf(file);
        } catch (TraceException e) {
            leftOut.row("a file in no known format", e);
            return;
        }
        add(importer, file);
    }

    private void add(Importer importer, TraceFile file) {
        if (++count > MOST_FILES) {
            throw new TraceException(
                    file.path(),
                    0,
                    "is one more than the %,d files that a recording may have".formatted(MOST_FILES),
                    "import them in parts");
        }
        files.computeIfAbsent(importer, _ -> new ArrayList<>()).add(file);
    }

    private Importer importerOf(TraceFile file) {
        return format.map(name -> Importers.named(name, file)).orElseGet(() -> Importers.guess(file));
    }

    private static boolean isVisible(Path path) {
        return !path.getFileName().toString().startsWith(".");
    }
}
