package dev.changeover.harness.recorder;

import dev.changeover.harness.trace.TraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The files of a recording: whole lines, each out in one write. The second of `chat.jsonl` is `chat.2.jsonl`.
/// Nothing that was there before is ever written to. Not for several threads.
final class RotatingFile implements AutoCloseable {

    private final Path first;
    private final byte[] header;
    private final Rotation rotation;
    private FileChannel channel;
    private long openedNanos;
    private long size;
    private long written;
    private int files;

    /// @param header the first line of every file
    /// @throws TraceException when it, or a file that it would go on in, is there already or cannot be made
    RotatingFile(Path first, byte[] header, Rotation rotation, long nowNanos) {
        this.first = first;
        this.header = header;
        this.rotation = rotation;
        try {
            Optional<Path> left = leftByAnother();
            if (left.isPresent()) {
                throw exists(left.get());
            }
            open(nowNanos);
        } catch (FileAlreadyExistsException _) {
            throw exists(first);
        } catch (IOException e) {
            throw new TraceException(
                    first, 0, "cannot be made: " + e, "check the folder, its rights and the space on the disk", e);
        }
    }

    private static TraceException exists(Path file) {
        return new TraceException(file, 0, "is there already", "name another file: a recording never overwrites one");
    }

    private Optional<Path> leftByAnother() throws IOException {
        try (DirectoryStream<Path> siblings =
                Files.newDirectoryStream(first.toAbsolutePath().getParent(), this::isNumbered)) {
            for (Path sibling : siblings) {
                return Optional.of(sibling);
            }
            return Optional.empty();
        }
    }

    private boolean isNumbered(Path sibling) {
        String name = sibling.getFileName().toString();
        if (name.length() < stem().length() + extension().length()
                || !name.startsWith(stem())
                || !name.endsWith(extension())) {
            return false;
        }
        return name.substring(stem().length(), name.length() - extension().length())
                .matches("\\.[0-9]+");
    }

    /// Writes a line; goes on in a new file first where that is due.
    ///
    /// @throws IOException when it cannot be written; the file then ends with the line before
    void write(byte[] line, long nowNanos) throws IOException {
        if (size > header.length && rotation.isDue(size, line.length, nowNanos - openedNanos)) {
            channel.close();
            open(nowNanos);
        }
        append(line);
    }

    private void open(long nowNanos) throws IOException {
        Path file = files == 0 ? first : first.resolveSibling("%s.%d%s".formatted(stem(), files + 1, extension()));
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        files++;
        openedNanos = nowNanos;
        size = 0;
        append(header);
    }

    private void append(byte[] line) throws IOException {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            channel.truncate(size);
            throw e;
        }
        size += line.length;
        written += line.length;
    }

    long bytesWritten() {
        return written;
    }

    int files() {
        return files;
    }

    private String stem() {
        String name = first.getFileName().toString();
        return name.substring(0, name.length() - extension().length());
    }

    private String extension() {
        String name = first.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
