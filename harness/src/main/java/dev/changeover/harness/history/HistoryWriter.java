package dev.changeover.harness.history;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/// Appends events to a file on a thread of its own, a line each, handed to the operating system whenever it has
/// caught up and at least every 100 ms: what a kill can take is the last tenth of a second.
///
/// An interrupted thread loses no event and stays interrupted: what is waited for is room, and the writer makes it.
/// When the disk is full it says so once, drops what follows, and [#close()] throws.
public final class HistoryWriter implements EventSink, AutoCloseable {

    private static final int MOST_WAITING = 1 << 16;
    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// Once it has caught up: what comes meanwhile is written together, for each write costs as much as many events.
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final Event LAST = new Event.Warning(Long.MAX_VALUE, "");

    private final Path file;
    private final Runnable onFailure;
    private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final OutputStream out;
    private final Thread thread;
    private volatile IOException failure;

    private HistoryWriter(Path file, OutputStream out, Runnable onFailure) {
        this.file = file;
        this.out = out;
        this.onFailure = onFailure;
        this.thread = Thread.ofPlatform().name("history-writer").daemon().unstarted(this::writeAll);
    }

    /// @param onFailure called once, from the writer's thread, when the file cannot be written any more
    /// @throws HistoryException when the file is there already or cannot be made
    public static HistoryWriter open(Path file, Runnable onFailure) throws HistoryException {
        return open(file, onFailure, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /// Goes on with a file that is there.
    static HistoryWriter append(Path file, Runnable onFailure) throws HistoryException {
        return open(file, onFailure, StandardOpenOption.APPEND);
    }

    private static HistoryWriter open(Path file, Runnable onFailure, OpenOption... options) throws HistoryException {
        try {
            OutputStream out = new BufferedOutputStream(Files.newOutputStream(file, options), 1 << 16);
            HistoryWriter writer = new HistoryWriter(file, out, onFailure);
            writer.thread.start();
            return writer;
        } catch (IOException e) {
            throw new HistoryException("%s: cannot be written (%s)".formatted(file, e), e);
        }
    }

    @Override
    public void accept(Event event) {
        if (failure != null) {
            return;
        }
        uninterruptibly(() -> waiting.put(event));
    }

    /// Writes what is waiting and closes the file.
    ///
    /// @throws HistoryException when not everything could be written
    @Override
    public void close() throws HistoryException {
        accept(LAST);
        uninterruptibly(thread::join);
        if (failure != null) {
            throw new HistoryException(
                    "%s: %s%n    what was written before is kept; free some space and run again"
                            .formatted(file, failure.getMessage()),
                    failure);
        }
    }

    private void writeAll() {
        try (out) {
            writeUntilLast();
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(e.getCause() instanceof IOException io ? io : new IOException(e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilLast() throws IOException, InterruptedException {
        JsonFactory factory = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                .build();
        long flushed = System.nanoTime();
        for (Event event = waiting.take(); event != LAST; event = waiting.take()) {
            try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
                EventEncoder.encode(event, json);
            }
            out.write('\n');
            if (waiting.isEmpty() || System.nanoTime() - flushed > FLUSH_NANOS) {
                out.flush();
                LockSupport.parkNanos(REST_NANOS);
                flushed = System.nanoTime();
            }
        }
    }

    private void fail(IOException e) {
        failure = e;
        waiting.clear();
        onFailure.run();
    }

    /// Something that waits.
    private interface Wait {
        void run() throws InterruptedException;
    }

    private static void uninterruptibly(Wait wait) {
        boolean interrupted = Thread.interrupted();
        while (true) {
            try {
                wait.run();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
