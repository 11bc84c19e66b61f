package dev.changeover.harness.gateway.program;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file of the user's that one run alone may change. The operating system lets go of it when the run dies.
final class InUse implements AutoCloseable {

    private final Path lockFile;
    private final FileChannel channel;

    private InUse(Path lockFile, FileChannel channel) {
        this.lockFile = lockFile;
        this.channel = channel;
    }

    /// @throws IOException when another run has it, or there is no place for a lock beside it
    static InUse take(Path file) throws IOException {
        Path lockFile = file.resolveSibling(file.getFileName() + ".changeover-lock");
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new IOException("%s is being changed by another run; wait for its end".formatted(file));
        }
        return new InUse(lockFile, channel);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(lockFile);
            channel.close();
        } catch (IOException _) {
            // a lock file left behind locks nothing
        }
    }
}
