package dev.changeover.toxics.backend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Undoes what runs that died left behind, as their journals say. Runs that live are left alone.
///
/// @param folder of the journals
record DeadRuns(Path folder) {

    /// How long what cannot be undone, for its server is gone, is tried again.
    private static final Duration PATIENCE = Duration.ofDays(7);
    private static final int LARGEST = 1 << 20;

    Clearance undo() {
        List<String> told = new ArrayList<>();
        boolean whole = true;
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> journals = Files.newDirectoryStream(folder.toRealPath(), "*" + Journal.SUFFIX)) {
                for (Path journal : journals) {
                    whole &= undo(journal, told);
                }
            } catch (IOException e) {
                told.add("the journals in %s cannot be read (%s)".formatted(folder, e));
                whole = false;
            }
        }
        return new Clearance(told, whole);
    }

    /// While it holds the lock that the dead run held, so that nobody else does the same.
    ///
    /// @return whether nothing is left of the run, or the run lives
    private static boolean undo(Path journal, List<String> told) {
        if (Journal.isOfThisProcess(journal)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            boolean old = Files.getLastModifiedTime(journal)
                    .toInstant()
                    .isBefore(Instant.now().minus(PATIENCE));
            // an empty one may be about to be locked
            if (lock == null || channel.size() == 0 && !old) {
                return true;
            }
            boolean done = true;
            for (Leftover leftover : read(channel)) {
                Undone undone = Undone.of(leftover);
                undone.text().ifPresent(told::add);
                done &= undone.isGone();
            }
            if (!done && old) {
                told.add("given up after %d days; %s is deleted".formatted(PATIENCE.toDays(), journal));
                done = true;
            }
            if (done) {
                Files.deleteIfExists(journal);
            }
            return done;
        } catch (IOException e) {
            told.add("the journal %s cannot be read (%s)".formatted(journal, e));
            return false;
        }
    }

    /// A line that was not written whole tells of something that was not begun.
    private static List<Leftover> read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LARGEST, channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // until it is full
        }
        String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(Leftover::parse)
                .flatMap(Optional::stream)
                .toList();
    }
}
