package dev.changeover.toxics.backend;

import dev.changeover.toxics.server.ConnectionRecord;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/// The one place where a Toxiproxy is started, or found, for a run.
///
/// @param environment of the process
public record Backends(Map<String, String> environment) {

    /// With the environment of this process.
    public static Backends ofThisProcess() {
        return new Backends(System.getenv());
    }

    /// @param seed of the embedded server's randomness; no other takes one
    /// @param connections told of each connection of the embedded server when it is over, on an event loop
    /// @throws BackendMissingException when what it needs is not on this machine
    /// @throws IOException when it could not be started or reached, saying why
    public ToxiproxyBackend open(BackendChoice choice, long seed, Consumer<ConnectionRecord> connections)
            throws IOException {
        return switch (choice) {
            case BackendChoice.Embedded _ -> EmbeddedBackend.start(seed, connections);
            case BackendChoice.Binary _ -> BinaryBackend.start(new BinarySearch(environment).find());
            case BackendChoice.Container _, BackendChoice.Remote _ ->
                throw new IOException("this version has no Toxiproxy by " + choice);
        };
    }
}
