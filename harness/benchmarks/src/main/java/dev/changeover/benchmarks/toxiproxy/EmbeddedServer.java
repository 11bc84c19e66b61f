package dev.changeover.benchmarks.toxiproxy;

import dev.changeover.toxics.server.ToxiproxyServer;
import java.util.concurrent.CountDownLatch;

/// The embedded server alone in a process.
public final class EmbeddedServer {

    private EmbeddedServer() {}

    /// @param args `-port` and the port
    public static void main(String[] args) throws InterruptedException {
        try (var _ = ToxiproxyServer.start(Integer.parseInt(args[1]), 1, _ -> {})) {
            new CountDownLatch(1).await();
        }
    }
}
