package dev.changeover.toxics.server;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A server that tells how many bytes it holds: for tests that want to see nothing left.
final class WatchedServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LinkedBlockingQueue<ConnectionRecord> records = new LinkedBlockingQueue<>();
    // Not pooled, so that each buffer is counted from its making to its release.
    private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);
    private final ToxiproxyServer server = ToxiproxyServer.start(
            ServerOptions.seeded(1), records::add, Transport.best().keepingBytesIn(buffers));
    private final ToxiproxyClient api = new ToxiproxyClient("127.0.0.1", server.port());

    ToxiproxyClient api() {
        return api;
    }

    Proxy proxy(String name, String upstream) throws IOException {
        return api.createProxy(name, "127.0.0.1:0", upstream);
    }

    long heldBytes() {
        return buffers.metric().usedDirectMemory() + buffers.metric().usedHeapMemory();
    }

    ConnectionRecord nextRecord() throws InterruptedException {
        ConnectionRecord record = records.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (record == null) {
            throw new AssertionError("no connection was over within " + PATIENCE);
        }
        return record;
    }

    /// Waits for so many connections to be over, and for the last byte to be let go.
    void holdsNothingAfter(int connections) throws InterruptedException {
        for (int i = 0; i < connections; i++) {
            nextRecord();
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (heldBytes() > 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("after the last connection " + heldBytes() + " bytes are held");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
