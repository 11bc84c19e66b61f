package dev.changeover.toxics.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// What a run would leave behind if it died, written to disk before it is there. A file for each run, which the run
/// keeps locked: the operating system lets go of it when the run dies, and then `DeadRuns` undoes what it says.
final class Journal implements AutoCloseable {

    static final String SUFFIX = ".journal";

    /// Of this process: to close one a second time would unlock it for others.
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final Set<Leftover> left = ConcurrentHashMap.newKeySet();

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// @throws IOException naming the folder and what to do
    static Journal open(Path folder) throws IOException {
        try {
            return locked(Files.createDirectories(folder).toRealPath().resolve(UUID.randomUUID() + SUFFIX));
        } catch (IOException | UncheckedIOException e) {
            throw new IOException(
                    "no journal of what is started can be kept in %s (%s); name another place with XDG_STATE_HOME"
                            .formatted(folder, e),
                    e);
        }
    }

    private static Journal locked(Path file) throws IOException {
        OPEN.add(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            channel.lock();
            return new Journal(file, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    static boolean isOfThisProcess(Path file) {
        return OPEN.contains(file);
    }

    /// On the disk when this returns.
    void begin(Leftover leftover) throws IOException {
        left.add(leftover);
        ByteBuffer line = StandardCharsets.UTF_8.encode(leftover.line() + "\n");
        while (line.hasRemaining()) {
            channel.write(line);
        }
        channel.force(false);
    }

    void isGone(Leftover leftover) {
        left.remove(leftover);
    }

    /// What is still left is for the next start to undo.
    @Override
    public void close() {
        try {
            if (left.isEmpty()) {
                Files.deleteIfExists(file);
            }
            channel.close();
        } catch (IOException _) {
            // the next start reads it, and finds what it tells of gone
        } finally {
            OPEN.remove(file);
        }
    }
}
