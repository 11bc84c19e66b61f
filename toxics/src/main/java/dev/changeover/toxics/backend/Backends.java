package dev.changeover.toxics.backend;

import dev.changeover.toxics.server.ConnectionRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/// The one place where a Toxiproxy is started, or found, for a run.
///
/// @param environment of the process
/// @param journals the folder of the journals of what runs start
public record Backends(Map<String, String> environment, Path journals) {

    private static final String IMAGE = "ghcr.io/shopify/toxiproxy:2.12.0";

    /// With the environment of this process, and the journals of its user.
    public static Backends ofThisProcess() {
        Map<String, String> environment = System.getenv();
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path folder = Path.of(state).isAbsolute()
                ? Path.of(state)
                : Path.of(System.getProperty("user.home"), ".local", "state");
        return new Backends(environment, folder.resolve("changeover").resolve("toxiproxy"));
    }

    /// @param seed of the embedded server's randomness; no other takes one
    /// @param connections told of each connection of the embedded server when it is over, on an event loop
    /// @throws BackendMissingException when what it needs is not on this machine
    /// @throws IOException when it could not be started or reached, saying why
    public ToxiproxyBackend open(BackendChoice choice, long seed, Consumer<ConnectionRecord> connections)
            throws IOException {
        return switch (choice) {
            case BackendChoice.Embedded _ -> EmbeddedBackend.start(seed, connections);
            case BackendChoice.Binary _ -> binary(new BinarySearch(environment).find());
            case BackendChoice.Container _ -> container(environment.getOrDefault("CHANGEOVER_TOXIPROXY_IMAGE", IMAGE));
            case BackendChoice.Remote(var server) -> RemoteBackend.open(server, journal());
        };
    }

    ToxiproxyBackend binary(Path binary) throws IOException {
        long seed = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        return StartedBackend.start(
                "binary " + binary,
                new Leftover.ServerProcess(seed),
                journal(),
                port -> LaunchedProcess.start(binary, port, seed));
    }

    private ToxiproxyBackend container(String image) throws IOException {
        ContainerEngine.client();
        String name = Leftover.OURS + UUID.randomUUID();
        return StartedBackend.start(
                "container " + image,
                new Leftover.Container(name),
                journal(),
                port -> LaunchedContainer.start(image, name, port));
    }

    /// Undoes what runs that died left on servers, on container engines and among processes.
    public Clearance undoDeadRuns() {
        return new DeadRuns(journals).undo();
    }

    private Journal journal() throws IOException {
        return Journal.open(journals);
    }
}
