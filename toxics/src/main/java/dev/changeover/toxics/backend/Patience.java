package dev.changeover.toxics.backend;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How long we wait for calls of the Toxiproxy client, which by itself waits for ever.
///
/// @param longest for all calls of one action together
record Patience(Duration longest) {

    static final Patience USUAL = new Patience(Duration.ofSeconds(10));

    /// One or more calls of the client.
    interface Calls<T> {
        T make() throws IOException;
    }

    /// Makes the calls on a thread of their own, and gives them up when the time is over. An interrupt ends nothing:
    /// what is half done on a server has to be known.
    ///
    /// @param aim what for, as in "to lift a fault"
    /// @throws IOException theirs, or that there was no answer
    <T> T with(String aim, Calls<T> calls) throws IOException {
        FutureTask<T> task = new FutureTask<>(calls::make);
        Thread.ofVirtual().name("toxiproxy-calls").start(task);
        long until = System.nanoTime() + longest.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            throw new IOException(
                    "no answer from the Toxiproxy within %d ms, asked %s; a real server can hang so (its issue 558), the embedded one does not"
                            .formatted(longest.toMillis(), aim),
                    e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException thrown
                    ? thrown
                    : new IOException("the Toxiproxy, asked %s: %s".formatted(aim, e.getCause()), e);
        } finally {
            task.cancel(true);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
