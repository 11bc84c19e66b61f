package dev.changeover.harness.recorder;

import dev.changeover.harness.redaction.Redactor;
import dev.changeover.harness.trace.RecordingLines;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.MalformedRequestException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Writes calls down as they end, on a thread of its own: what they hold is looked at, counted and taken out there, and
/// each line is out before the next call is looked at.
///
/// Traffic never waits for it. Calls that come faster than they can be written, and all once a file cannot be written
/// to, are lost, and counted.
final class Recording implements AutoCloseable {

    /// Of calls that wait to be written.
    private static final long MOST_WAITING_BYTES = 128L << 20;
    /// What a call takes beside what it holds.
    private static final int CALL_BYTES = 1_000;
    private static final long LONGEST_CLOSE_MILLIS = 30_000;

    private final BlockingQueue<Optional<EndedCall>> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final Tally tally = new Tally();
    private final RotatingFile file;
    private final Redactor redactor;
    private final Share sample;
    private final Ticker ticker;
    private final Consumer<String> trouble;
    private final Thread writer;

    /// @param trouble told once when a file cannot be written to
    Recording(RotatingFile file, Redactor redactor, Share sample, Ticker ticker, Consumer<String> trouble) {
        this.file = file;
        this.redactor = redactor;
        this.sample = sample;
        this.ticker = ticker;
        this.trouble = trouble;
        this.writer = Thread.ofPlatform().name("recording").daemon().start(this::writeAll);
    }

    /// Never waits.
    void offer(EndedCall call) {
        long weight = call.weight() + CALL_BYTES;
        if (broken.get() || waitingBytes.addAndGet(weight) > MOST_WAITING_BYTES) {
            if (!broken.get()) {
                waitingBytes.addAndGet(-weight);
            }
            tally.lost();
        } else {
            waiting.add(Optional.of(call));
        }
    }

    void passed() {
        tally.passed();
    }

    Tally tally() {
        return tally;
    }

    private void writeAll() {
        try {
            for (Optional<EndedCall> next = waiting.take(); next.isPresent(); next = waiting.take()) {
                EndedCall call = next.get();
                write(call);
                waitingBytes.addAndGet(-call.weight() - CALL_BYTES);
            }
        } catch (InterruptedException _) {
            // what waits still is counted as lost when it closes
        }
    }

    private void write(EndedCall call) {
        if (broken.get()) {
            tally.lost();
            return;
        }
        try {
            Optional<Line> line = line(call);
            if (line.isPresent()) {
                file.write(line.get().bytes(), ticker.nanos());
                tally.wrote(line.get().conversation(), file.bytesWritten(), file.files(), call);
            }
        } catch (IOException e) {
            broken.set(true);
            tally.lost();
            trouble.accept(String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError _) {
            // not told: what is wrong with it may quote it
            tally.leftOut("could not be read by the recorder");
        }
    }

    private record Line(byte[] bytes, long conversation) {}

    private Optional<Line> line(EndedCall call) {
        if (call.body().isEmpty()) {
            tally.leftOut("request larger than 16 MiB");
            return Optional.empty();
        }
        ChatRequest asked;
        try {
            asked = ChatRequest.parse(call.body().get());
        } catch (MalformedRequestException _) {
            tally.leftOut("no chat completion in the body");
            return Optional.empty();
        }
        Conversation conversation = Conversation.of(call.conversation(), asked);
        if (!conversation.isWithin(sample)) {
            tally.notSampled();
            return Optional.empty();
        }
        try {
            byte[] bytes = RecordingLines.of(new Row(redactor, call, asked).request(conversation));
            return Optional.of(new Line(bytes, conversation.hash()));
        } catch (IllegalArgumentException _) {
            tally.leftOut("does not fit on a line of a trace");
            return Optional.empty();
        }
    }

    /// Writes what waits still, and closes the file. Calls that are offered afterwards are lost.
    @Override
    public void close() {
        waiting.add(Optional.empty());
        try {
            writer.join(LONGEST_CLOSE_MILLIS);
            writer.interrupt();
            writer.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        waiting.stream().filter(Optional::isPresent).forEach(_ -> tally.lost());
        try {
            file.close();
        } catch (IOException e) {
            trouble.accept(String.valueOf(e.getMessage()));
        }
    }
}
