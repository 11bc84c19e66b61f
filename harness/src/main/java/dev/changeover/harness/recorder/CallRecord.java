package dev.changeover.harness.recorder;

import dev.changeover.harness.trace.ChunkTimes;
import dev.changeover.harness.trace.Lines;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.AnswerReader;
import dev.changeover.harness.wire.ConversationHeader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A chat completion while it passes: keeps what writing it down will need, and is handed on exactly once. On the loop,
/// so it does no more than copy bytes and look at events.
final class CallRecord {

    /// More of an answer is not held while it waits to be written, however much has passed.
    private static final long MOST_KEPT_BYTES = 32L << 20;

    private static final int MOST_CHUNKS = 1 << 20;

    private final Ticker ticker;
    private final Recording recording;
    private final long arrivedNanos;
    private final Optional<String> conversation;
    private final List<String> credentials;
    private final Buffer body = Buffer.buffer();
    private boolean tooLarge;
    private OptionalInt status = OptionalInt.empty();
    private Optional<AnswerReader> reader = Optional.empty();
    private long[] chunks = new long[16];
    private int chunkCount;
    private long answerBytes;
    private boolean ended;

    CallRecord(HttpServerRequest request, long arrivedNanos, Ticker ticker, Recording recording) {
        this.ticker = ticker;
        this.recording = recording;
        this.arrivedNanos = arrivedNanos;
        this.conversation = Optional.ofNullable(request.getHeader(ConversationHeader.NAME));
        this.credentials = Credentials.of(request.headers(), request.query());
    }

    void asked(Buffer piece) {
        tooLarge |= body.length() + (long) piece.length() > Lines.LONGEST_BYTES;
        if (!tooLarge) {
            body.appendBuffer(piece);
        }
    }

    /// @param readable false for one that is compressed, though it was not asked to be
    void answered(int code, String contentType, boolean readable) {
        status = OptionalInt.of(code);
        reader = readable ? Optional.of(new AnswerReader(code, contentType)) : Optional.empty();
    }

    void passed(Buffer piece) {
        if (ended || reader.isEmpty()) {
            return;
        }
        long now = ticker.nanos() - arrivedNanos;
        byte[] bytes = piece.getBytes();
        answerBytes += bytes.length;
        for (int fresh = reader.get().feed(bytes, 0, bytes.length); fresh > 0; fresh--) {
            if (chunkCount == chunks.length) {
                chunks = Arrays.copyOf(chunks, 2 * chunkCount);
            }
            if (chunkCount < MOST_CHUNKS) {
                chunks[chunkCount++] = now;
            }
        }
    }

    void end() {
        handOn(true, OptionalLong.of(ticker.nanos() - arrivedNanos), OptionalLong.empty());
    }

    /// The provider broke it off or never answered, or the recorder itself ends.
    void breakOff() {
        handOn(false, OptionalLong.empty(), OptionalLong.empty());
    }

    void cancel() {
        handOn(false, OptionalLong.empty(), OptionalLong.of(ticker.nanos() - arrivedNanos));
    }

    private void handOn(boolean whole, OptionalLong done, OptionalLong cancelled) {
        if (ended) {
            return;
        }
        ended = true;
        boolean timed = chunkCount > 0 && chunkCount < MOST_CHUNKS;
        recording.offer(new EndedCall(
                arrivedNanos,
                conversation,
                credentials,
                tooLarge ? Optional.empty() : Optional.of(body.getBytes()),
                status,
                reader,
                whole,
                timed ? Optional.of(new ChunkTimes(Arrays.copyOf(chunks, chunkCount))) : Optional.empty(),
                done,
                cancelled,
                body.length() + Math.min(answerBytes, MOST_KEPT_BYTES) + (long) Long.BYTES * chunkCount));
    }
}
