package dev.changeover.harness.trace;

import dev.changeover.harness.trace.importer.Traces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// Files that tests write, and what is read back from them.
public final class Written {

    private Written() {}

    public static Path text(Path folder, String text) {
        return bytes(folder, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Path bytes(Path folder, byte[] bytes) {
        try {
            return Files.write(folder.resolve("trace"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    public static List<TraceRequest> read(Path file) {
        try (TraceReader reader = Traces.open(file)) {
            List<TraceRequest> requests = new ArrayList<>();
            reader.forEachRemaining(requests::add);
            return requests;
        }
    }
}
