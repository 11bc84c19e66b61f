package dev.changeover.harness.trace;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// Real recorded data, which is not part of the repository: `CHANGEOVER_DATA`, or a folder `shared/data` beside it.
public final class SharedData {

    private SharedData() {}

    /// The file, or the test is skipped.
    public static Path file(String name) {
        Path file = folder().resolve(name);
        assumeTrue(Files.exists(file), "no recorded data at " + file + "; set CHANGEOVER_DATA to run this test");
        return file;
    }

    private static Path folder() {
        String told = System.getProperty("CHANGEOVER_DATA", System.getenv("CHANGEOVER_DATA"));
        if (told != null) {
            return Path.of(told);
        }
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            Path data = folder.resolve("shared/data");
            if (Files.isDirectory(data)) {
                return data;
            }
        }
        return start.resolve("shared/data");
    }
}
