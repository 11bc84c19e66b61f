package dev.changeover.harness.trace;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// Writes a canonical trace; gzip when the file's name ends in `.gz`.
///
/// It writes beside the file, and `finish` moves the whole into its place. Closed without `finish`, it leaves
/// nothing behind, and what was there before stays. Only a file is ever replaced, never a device, a pipe or a folder;
/// of a
/// link, what it leads to.
public final class TraceWriter implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final Path part;
    private final OutputStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long lastNanos;
    private boolean finished;

    /// @param about a sentence for people on where the traffic comes from
    /// @throws TraceException when the file cannot be written
    public TraceWriter(Path file, String about) {
        this.file = replaceable(file);
        this.part = this.file.resolveSibling(this.file.getFileName() + ".part");
        try {
            this.out = new BufferedOutputStream(packed(Files.newOutputStream(part)), BUFFER_BYTES);
        } catch (IOException e) {
            throw cannotBeWritten(file, e);
        }
        // for a process that is interrupted
        part.toFile().deleteOnExit();
        line.writeBytes(new CanonicalHeader(true, Optional.empty()).line(about));
        try {
            writeLine();
        } catch (TraceException e) {
            close();
            throw e;
        }
    }

    private static Path replaceable(Path file) {
        Path target = file;
        try {
            target = Files.isSymbolicLink(file) ? file.toRealPath() : file;
        } catch (IOException e) {
            throw cannotBeWritten(file, e);
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new TraceException(
                    file, 0, "is there, and is a folder, a pipe or a device", "name a file that is new, or a trace");
        }
        return target;
    }

    /// Writes a whole trace; says how many requests it held.
    public static long copy(Iterator<TraceRequest> requests, Path file, String about) {
        try (TraceWriter writer = new TraceWriter(file, about)) {
            long written = 0;
            for (; requests.hasNext(); written++) {
                writer.write(requests.next());
            }
            writer.finish();
            return written;
        }
    }

    /// @throws IllegalArgumentException when it arrived before the one written last, when its body is not one JSON
    ///     object in UTF-8 or contradicts its model or stream, or when its line is longer than a reader takes
    public void write(TraceRequest request) {
        if (request.atNanos() < lastNanos) {
            throw new IllegalArgumentException(
                    "requests must be written in order: %d ns after %d ns".formatted(request.atNanos(), lastNanos));
        }
        line.reset();
        line.writeBytes(CanonicalFields.line(request));
        writeLine();
        lastNanos = request.atNanos();
    }

    /// Moves what was written into its place.
    public void finish() {
        try {
            out.close();
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            finished = true;
        } catch (IOException e) {
            throw new TraceNotWrittenException(file, e);
        }
    }

    @Override
    public void close() {
        if (finished) {
            return;
        }
        try (out) {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new TraceNotWrittenException(file, e);
        }
    }

    private OutputStream packed(OutputStream bytes) throws IOException {
        return file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, BUFFER_BYTES) : bytes;
    }

    private void writeLine() {
        try {
            line.writeTo(out);
        } catch (IOException e) {
            throw new TraceNotWrittenException(file, e);
        }
    }

    private static TraceException cannotBeWritten(Path file, IOException cause) {
        return new TraceException(
                file,
                0,
                "cannot be written: " + cause,
                "check the folder, its rights and the space on the disk",
                cause);
    }
}
