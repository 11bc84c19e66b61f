package dev.changeover.harness.rehearsal;

import java.nio.file.Path;

/// Where a run takes place.
///
/// @param folder the scenario file's
/// @param run the run's own
record Place(Path folder, Path run) {

    Place {
        folder = folder.toAbsolutePath().normalize();
        run = run.toAbsolutePath().normalize();
    }

    /// The gateway's, in the run's own.
    Path work() {
        return run.resolve("gateway");
    }

    /// Gets what the gateway and weight commands print.
    Path log() {
        return run.resolve("gateway.log");
    }
}
