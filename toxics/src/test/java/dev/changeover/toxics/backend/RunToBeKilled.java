package dev.changeover.toxics.backend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A run in a process of its own: opens a Toxiproxy, makes a proxy, says where, and waits for its end.
final class RunToBeKilled {

    private RunToBeKilled() {}

    /// @param args the backend, and the folder of journals
    public static void main(String[] args) throws InterruptedException {
        Backends backends = new Backends(System.getenv(), Path.of(args[1]));
        try (ToxiproxyBackend backend = backends.open(BackendChoice.parse(args[0]), 1, _ -> {})) {
            backend.createProxy("old", "127.0.0.1:0", "127.0.0.1:1");
            System.out.println("ready " + backend.api());
            new CountDownLatch(1).await();
        } catch (BackendMissingException e) {
            System.out.println("missing " + e.getMessage());
        } catch (IOException e) {
            System.out.println("failed " + e.getMessage());
        }
    }
}
