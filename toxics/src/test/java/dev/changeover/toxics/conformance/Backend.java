package dev.changeover.toxics.conformance;

import dev.changeover.toxics.backend.BackendChoice;
import dev.changeover.toxics.backend.BackendMissingException;
import dev.changeover.toxics.backend.Backends;
import dev.changeover.toxics.backend.ToxiproxyBackend;
import java.io.IOException;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/// What the suite runs over. Ours comes first; the others are the real server, where it is to be had.
enum Backend {
    EMBEDDED(new BackendChoice.Embedded()),
    BINARY(new BackendChoice.Binary()),
    CONTAINER(new BackendChoice.Container());

    /// The version that the suite was written against.
    private static final String VERSION = "2.12.0";
    /// What one calls itself that Go installed without being told its version.
    private static final String UNTOLD = "git";

    private final BackendChoice choice;
    private Optional<ToxiproxyBackend> shared = Optional.empty();
    private Optional<String> wanting = Optional.empty();
    private String description = "not there";

    Backend(BackendChoice choice) {
        this.choice = choice;
    }

    /// Starts a new one.
    ///
    /// @throws TestAbortedException where there is none, with the reason
    ToxiproxyBackend start() throws IOException {
        try {
            ToxiproxyBackend started = Backends.ofThisProcess().open(choice, 1, _ -> {});
            String version = new RawApi(started.api()).get("/version");
            if (!version.contains('"' + VERSION + '"') && !version.contains('"' + UNTOLD + '"')) {
                started.close();
                throw new TestAbortedException("the suite is for Toxiproxy %s, not %s".formatted(VERSION, version));
            }
            return started;
        } catch (BackendMissingException e) {
            throw new TestAbortedException(e.getMessage());
        }
    }

    boolean isReal() {
        return this != EMBEDDED;
    }

    /// The one that tests share.
    ToxiproxyBackend shared() throws IOException {
        if (wanting.isPresent()) {
            throw new TestAbortedException(wanting.get());
        }
        if (shared.isEmpty()) {
            try {
                shared = Optional.of(start());
                description = "Toxiproxy " + VERSION;
            } catch (TestAbortedException e) {
                wanting = Optional.of(e.getMessage());
                throw e;
            }
        }
        return shared.get();
    }

    /// What it was found to be.
    String description() {
        return description;
    }

    /// Stops the one that tests share; the next test gets a new one.
    void stop() {
        shared.ifPresent(ToxiproxyBackend::close);
        shared = Optional.empty();
    }
}
