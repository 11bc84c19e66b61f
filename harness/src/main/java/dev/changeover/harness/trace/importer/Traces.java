package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Opens recorded traffic in any format of [Importers], plain or gzip.
public final class Traces {

    private Traces() {}

    /// Opens a file whose format is told by its content, and in which every row can be replayed.
    ///
    /// @throws TraceException when it cannot be read, or a row cannot be replayed
    public static TraceReader open(Path path) {
        TraceFile file = new TraceFile(path);
        return Importers.guess(file).open(List.of(file), Reading.whole());
    }

    /// Opens a recording of several files: those named, and those in the folders named. They keep their times to each
    /// other.
    ///
    /// @param format its name; else each file's is told by its content
    /// @throws TraceException when there is no such format or a file cannot be read as that
    public static TraceReader open(List<Path> recording, Optional<String> format, Reading reading) {
        Map<Importer, List<TraceFile>> files = RecordingFiles.of(recording, format, reading.leftOut());
        if (files.size() == 1) {
            Importer importer = files.keySet().iterator().next();
            return importer.open(files.get(importer), reading);
        }
        return InOrder.of(
                files.values().stream().flatMap(List::stream).toList(),
                told -> ChainedRows.of(
                        List.copyOf(files.entrySet()), entry -> entry.getKey().rows(entry.getValue(), told)),
                reading);
    }

    /// SHA-256 of the file as it lies on the disk, in lower-case hex.
    public static String digest(Path path) {
        TraceFile file = new TraceFile(path);
        try (InputStream bytes = Files.newInputStream(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw file.problem(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
