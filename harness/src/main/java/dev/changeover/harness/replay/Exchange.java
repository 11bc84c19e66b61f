package dev.changeover.harness.replay;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.wire.Answer;
import dev.changeover.harness.wire.AnswerReader;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Usage;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// One request at one target, from when it is begun until it has ended exactly one way. Confined to its
/// lane's loop.
///
/// Sent is when it was taken up: written to an idle connection, or a connection was begun for it. So what
/// connecting takes is the peer's time, and what passed between due and sent is ours. The deadline for the
/// first token runs from the write, the one for everything from when the request was due. The idle deadline
/// runs between chunks with content: comments and empty chunks keep nothing alive. A caller who leaves does so at
/// his time since it was due, whatever stage it is in.
final class Exchange implements Runnable {

    private enum Stage {
        READY,
        QUEUED,
        CONNECTING,
        WAITING,
        STREAMING,
        ENDED
    }

    /// More than any answer holds; a peer that sends more is not sending an answer.
    private static final long MAX_ANSWER_BYTES = 64L << 20;

    private final Lane lane;
    private final Departure departure;
    private final long question;
    private final ConnectionPool pool;
    private final TokenTimes tokens = new TokenTimes();

    /// Dropped once written, for the bodies of long conversations are large.
    private RequestBytes bytes;

    private Stage stage = Stage.READY;
    private Runnable opening;
    private Carrier connection;
    private AnswerReader reader;
    private Future<?> timer;
    private int status;
    private long answerBytes;
    private long sentNanos;
    private long writtenNanos;
    private long firstByteNanos;
    private boolean anyByte;

    /// @param bytes the request as it goes onto the wire
    /// @param question hash of the body's question
    Exchange(Lane lane, Departure departure, long question, ConnectionPool pool, RequestBytes bytes) {
        this.lane = lane;
        this.departure = departure;
        this.question = question;
        this.pool = pool;
        this.bytes = bytes;
    }

    /// It is due, and held back.
    void queue() {
        stage = Stage.QUEUED;
        arm(lane.now());
    }

    /// From its lane, unless it ended in the queue.
    void begin() {
        if (stage == Stage.ENDED) {
            return;
        }
        stage = Stage.CONNECTING;
        lane.began();
        sentNanos = lane.now();
        pool.connect(this);
        if (stage == Stage.CONNECTING) {
            arm(sentNanos);
        }
    }

    /// From the pool: a connection is being opened for it.
    ///
    /// @param givenUp to be run when it ends before that is done
    void connecting(Runnable givenUp) {
        opening = givenUp;
    }

    /// From the pool: a connection to write to; it may come at once or later.
    void connected(Carrier fresh) {
        if (stage != Stage.CONNECTING) {
            fresh.close();
            return;
        }
        stage = Stage.WAITING;
        connection = fresh;
        writtenNanos = lane.now();
        RequestBytes outgoing = bytes;
        bytes = null;
        connection.send(this, outgoing);
        if (stage != Stage.ENDED) {
            arm(writtenNanos);
        }
    }

    /// Nothing was sent.
    ///
    /// @param why for people, where it is not plain
    void connectFailed(Optional<String> why) {
        if (stage == Stage.CONNECTING) {
            refused(why);
        }
    }

    /// The peer has not begun with it, and says so.
    void refused(Optional<String> why) {
        why.ifPresent(lane::warn);
        fail(ErrorKind.CONNECTION_REFUSED);
    }

    void bytesArrived(long nanos) {
        if (!anyByte) {
            anyByte = true;
            firstByteNanos = nanos;
        }
    }

    /// What came was an interim answer (1xx), not the first byte of the answer.
    void interim() {
        anyByte = false;
    }

    void head(int answerStatus, String contentType) {
        status = answerStatus;
        reader = new AnswerReader(answerStatus, contentType);
    }

    void content(byte[] buffer, int length, long nanos) {
        if (stage == Stage.ENDED) {
            return;
        }
        answerBytes += length;
        if (answerBytes > MAX_ANSWER_BYTES) {
            fail(ErrorKind.MALFORMED);
            return;
        }
        tokens.arrived(reader.feed(buffer, 0, length), nanos);
        if (stage == Stage.WAITING && tokens.any()) {
            stage = Stage.STREAMING;
            arm(nanos);
        }
    }

    /// The HTTP message ended properly. A redirect is not followed, for that would take the request around
    /// the testbed: it is no answer, so `malformed`.
    void complete() {
        if (stage != Stage.ENDED) {
            end(Optional.empty(), true);
        }
    }

    void malformed() {
        fail(ErrorKind.MALFORMED);
    }

    /// The peer broke the connection off: a reset, or a bare end before the answer began, are
    /// `connection_reset`; a clean end inside an answer is for the reader to judge. An error status stays
    /// what it is.
    void broken(boolean reset) {
        if (stage == Stage.ENDED) {
            return;
        }
        if (reader == null || (reset && status < 400)) {
            fail(ErrorKind.CONNECTION_RESET);
        } else {
            end(Optional.empty(), false);
        }
    }

    Departure departure() {
        return departure;
    }

    void cancel() {
        if (stage != Stage.ENDED) {
            end(Optional.of(Outcome.CANCELLED), false);
        }
    }

    /// The timer: the deadline that it was set for may have moved on since.
    @Override
    public void run() {
        if (stage == Stage.ENDED) {
            return;
        }
        long now = lane.now();
        if (now < deadline()) {
            arm(now);
        } else if (leavesNanos() <= deadline()) {
            cancel();
        } else {
            fail(expired());
        }
    }

    private void arm(long now) {
        if (timer != null) {
            timer.cancel(false);
        }
        timer = lane.loop().schedule(this, Math.max(0, deadline() - now), TimeUnit.NANOSECONDS);
    }

    private long deadline() {
        return Math.min(leavesNanos(), Math.min(stageDeadline(), totalDeadline()));
    }

    private long stageDeadline() {
        Deadlines patience = lane.patience();
        return switch (stage) {
            case CONNECTING -> sentNanos + patience.connect().toNanos();
            case WAITING -> writtenNanos + patience.firstToken().toNanos();
            case STREAMING -> tokens.lastNanos() + patience.idle().toNanos();
            case READY, QUEUED, ENDED -> Long.MAX_VALUE;
        };
    }

    private long totalDeadline() {
        return departure.dueNanos() + lane.patience().total().toNanos();
    }

    private long leavesNanos() {
        OptionalLong leaves = departure.request().leavesNanos();
        return leaves.isPresent() ? departure.dueNanos() + leaves.getAsLong() : Long.MAX_VALUE;
    }

    /// While connecting it is `timeout_connect` whichever deadline struck: nothing was sent, nothing can be
    /// billed.
    private ErrorKind expired() {
        boolean total = totalDeadline() <= stageDeadline();
        return switch (stage) {
            case CONNECTING -> ErrorKind.TIMEOUT_CONNECT;
            case WAITING -> total ? ErrorKind.TIMEOUT_TOTAL : ErrorKind.TIMEOUT_FIRST_TOKEN;
            case READY, QUEUED -> ErrorKind.TIMEOUT_TOTAL;
            case STREAMING, ENDED -> total ? ErrorKind.TIMEOUT_TOTAL : ErrorKind.TIMEOUT_IDLE;
        };
    }

    private void fail(ErrorKind kind) {
        if (stage != Stage.ENDED) {
            end(Optional.of(new Outcome.Failed(kind)), false);
        }
    }

    /// @param verdict where the connection, a deadline or the caller decided; empty: what the answer says
    private void end(Optional<Outcome> verdict, boolean messageComplete) {
        long doneNanos = lane.now();
        boolean sent = stage != Stage.READY && stage != Stage.QUEUED;
        stage = Stage.ENDED;
        if (timer != null) {
            timer.cancel(false);
        }
        if (connection != null && !messageComplete) {
            connection.close();
        } else if (connection == null && opening != null) {
            opening.run();
        }
        lane.ended(this, sent, doneNanos, () -> event(verdict, messageComplete, sent, doneNanos));
    }

    /// Off the loop: counting tokens and sorting gaps take their time.
    private Event.Request event(Optional<Outcome> verdict, boolean messageComplete, boolean sent, long doneNanos) {
        Optional<Answer> answer = Optional.ofNullable(reader).map(r -> r.finish(messageComplete));
        Event.Timing timing = new Event.Timing(
                departure.dueNanos(),
                sent ? departure.releasedNanos() : OptionalLong.of(doneNanos),
                sent ? sentNanos : doneNanos,
                anyByte ? OptionalLong.of(firstByteNanos) : OptionalLong.empty(),
                tokens.first(),
                tokens.last(),
                doneNanos);
        ScheduledRequest request = departure.request();
        return new Event.Request(
                request.id(),
                pool.target().arm(),
                request.conversation(),
                request.model(),
                request.stream(),
                timing,
                tokens.summary(),
                reader == null ? OptionalInt.empty() : OptionalInt.of(status),
                verdict.or(() -> answer.map(Answer::outcome)).orElse(new Outcome.Failed(ErrorKind.CONNECTION_RESET)),
                answer.map(Answer::usage).orElse(Usage.UNKNOWN),
                answer.map(Answer::countedOutput).orElse(OptionalLong.empty()),
                OptionalLong.of(question));
    }
}
