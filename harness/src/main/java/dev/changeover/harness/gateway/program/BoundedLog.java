package dev.changeover.harness.gateway.program;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A log file that programs append to by themselves, kept small from outside: once it is larger than 8 MiB it is
/// copied to `<name>.1`, over the copy before, and emptied. So the last 8 MiB at least are there, and 16 MiB at most,
/// but for what is printed between two looks.
public final class BoundedLog {

    private static final long LARGEST = 8 << 20;
    private static final int TAIL_BYTES = 16 << 10;

    private BoundedLog() {}

    /// Looks once. A log that cannot be bounded stays as it is: the run goes on.
    static void bound(Path log) {
        try {
            if (Files.size(log) > LARGEST) {
                Path older = log.resolveSibling(log.getFileName() + ".1");
                Files.copy(log, older, StandardCopyOption.REPLACE_EXISTING);
                FileChannel.open(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                        .close();
            }
        } catch (IOException _) {
            // looked at again in a moment
        }
    }

    /// Looks once at every `.log` of a folder.
    static void boundAll(Path folder) {
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "*.log")) {
            logs.forEach(BoundedLog::bound);
        } catch (IOException _) {
            // looked at again in a moment
        }
    }

    /// Its last lines, with bytes that are no text replaced; none when it cannot be read.
    public static List<String> tail(Path log, int lines) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            int length = (int) Math.min(TAIL_BYTES, file.length());
            byte[] bytes = new byte[length];
            file.seek(file.length() - length);
            file.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException _) {
            return List.of();
        }
    }
}
