package dev.changeover.harness.gateway.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file of the user's that a run changes, and what was there before, kept beside it until it is put back.
///
/// @param file links followed
record SavedFile(Path file) {

    static SavedFile of(Path file) throws IOException {
        return new SavedFile(Files.exists(file) ? file.toRealPath() : file);
    }

    /// The copy; where there was no file, a note that says so.
    Path kept() {
        return Files.exists(none()) ? none() : before();
    }

    /// Puts back what a run that died had kept; whether there was anything.
    boolean recover() throws IOException {
        boolean found = Files.exists(before()) || Files.exists(none());
        if (found) {
            restore();
        }
        return found;
    }

    /// The copy is there whole or not at all.
    void save() throws IOException {
        try {
            if (Files.exists(file)) {
                Path half = beside(".changeover-saving");
                Files.copy(file, half, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                Files.move(half, before(), StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.createFile(none());
            }
        } catch (IOException e) {
            throw new IOException(
                    "%s cannot be saved before the run changes it (%s: %s)"
                            .formatted(file, e.getClass().getSimpleName(), e.getMessage()),
                    e);
        }
    }

    void restore() throws IOException {
        if (Files.exists(none())) {
            Files.deleteIfExists(file);
            Files.delete(none());
        } else {
            Files.move(before(), file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private Path before() {
        return beside(".changeover-before");
    }

    private Path none() {
        return beside(".changeover-before-none");
    }

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
