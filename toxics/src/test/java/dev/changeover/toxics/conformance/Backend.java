package dev.changeover.toxics.conformance;

import dev.changeover.toxics.backend.EmbeddedBackend;
import dev.changeover.toxics.backend.ToxiproxyBackend;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/// What the suite runs over. Ours comes first; the others are the real server, where it is to be had.
enum Backend {
    EMBEDDED {
        @Override
        ToxiproxyBackend start() {
            return EmbeddedBackend.start(1, _ -> {});
        }
    },
    BINARY {
        @Override
        ToxiproxyBackend start() {
            return RealServer.start();
        }
    },
    CONTAINER {
        @Override
        ToxiproxyBackend start() {
            throw new TestAbortedException("no container backend yet");
        }
    };

    private Optional<ToxiproxyBackend> shared = Optional.empty();
    private Optional<String> wanting = Optional.empty();

    /// Starts a new one.
    ///
    /// @throws TestAbortedException where there is none, with the reason
    abstract ToxiproxyBackend start();

    boolean isReal() {
        return this != EMBEDDED;
    }

    /// The one that tests share.
    ToxiproxyBackend shared() {
        if (wanting.isPresent()) {
            throw new TestAbortedException(wanting.get());
        }
        if (shared.isEmpty()) {
            try {
                shared = Optional.of(start());
            } catch (TestAbortedException e) {
                wanting = Optional.of(e.getMessage());
                throw e;
            }
        }
        return shared.get();
    }

    /// Stops the one that tests share; the next test gets a new one.
    void stop() {
        shared.ifPresent(ToxiproxyBackend::close);
        shared = Optional.empty();
    }
}
