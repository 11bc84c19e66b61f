package dev.changeover.harness.gateway.server;

import dev.changeover.harness.wire.AnswerReader;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/// Reads along. A stream goes out from its first chunk with content, whole events at a time, so that an error event
/// of ours can follow at any point; a plain answer goes out when it has been judged as a whole.
final class ContentGate implements AnswerGate {

    private static final int MOST_HELD = 64 << 20;
    private static final Buffer NOTHING = Buffer.buffer();

    private final AnswerReader reader;
    private Buffer held = NOTHING;
    private boolean open;
    private boolean tooLarge;

    ContentGate(int status, String contentType) {
        this.reader = AnswerReader.withoutCounting(status, contentType);
    }

    @Override
    public Buffer take(Buffer piece) {
        byte[] bytes = piece.getBytes();
        reader.feed(bytes, 0, bytes.length);
        if (reader.streaming() && reader.sawContent()) {
            open = true;
        }
        if (!open || done()) {
            hold(piece);
            return NOTHING;
        }
        return wholeEvents(piece, bytes);
    }

    private Buffer wholeEvents(Buffer piece, byte[] bytes) {
        int end = SseBoundary.endOfLastEvent(bytes);
        if (end == bytes.length && held.length() == 0) {
            return piece;
        }
        hold(piece);
        Buffer all = held;
        int endOfAll = SseBoundary.endOfLastEvent(all.getBytes());
        held = endOfAll == all.length() ? NOTHING : all.getBuffer(endOfAll, all.length());
        return endOfAll == all.length() ? all : all.getBuffer(0, endOfAll);
    }

    private void hold(Buffer piece) {
        if (held.length() + piece.length() > MOST_HELD) {
            tooLarge = true;
            return;
        }
        held = (held == NOTHING ? Buffer.buffer(piece.length()) : held).appendBuffer(piece);
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public boolean done() {
        return tooLarge || reader.failed() || (reader.streaming() && reader.done());
    }

    @Override
    public Optional<ErrorKind> finish(boolean complete) {
        if (tooLarge) {
            return Optional.of(ErrorKind.MALFORMED);
        }
        return switch (reader.finish(complete).outcome()) {
            case Outcome.Served _ -> Optional.empty();
            case Outcome.Failed(ErrorKind kind) -> saysItself(kind) ? Optional.empty() : Optional.of(kind);
            case Outcome.Cancelled _ -> throw new IllegalStateException("an answer cannot be cancelled by its reader");
        };
    }

    /// A filter that ends an answer says so in it, and what came before is the client's all the same.
    private boolean saysItself(ErrorKind kind) {
        return kind == ErrorKind.CONTENT_FILTER && reader.sawContent();
    }

    @Override
    public Buffer held() {
        return held;
    }
}
