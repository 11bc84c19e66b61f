package dev.changeover.harness.provider.within;

import dev.changeover.harness.wire.SseParser;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/// Cuts the bytes of a stream into its events, byte for byte. What is too long for an event passes in pieces.
public final class EventSplitter {

    private final Consumer<StreamEvent> sink;
    private Buffer rest = Buffer.buffer();
    private int scanned;
    private boolean blank;

    public EventSplitter(Consumer<StreamEvent> sink) {
        this.sink = sink;
    }

    public void feed(Buffer piece) {
        rest.appendBuffer(piece);
        int from = 0;
        for (; scanned < rest.length(); scanned++) {
            byte letter = rest.getByte(scanned);
            if (letter == '\n' && blank) {
                sink.accept(new StreamEvent(rest.getBuffer(from, scanned + 1)));
                from = scanned + 1;
                blank = false;
            } else {
                blank = letter == '\n' || blank && letter == '\r';
            }
        }
        rest = rest.getBuffer(from, rest.length());
        scanned = rest.length();
        if (rest.length() > SseParser.BOUND) {
            end();
        }
    }

    /// What came last may lack its blank line.
    public void end() {
        if (rest.length() > 0) {
            Buffer last = rest;
            rest = Buffer.buffer();
            scanned = 0;
            sink.accept(new StreamEvent(last));
        }
    }
}
