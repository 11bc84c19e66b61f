package dev.changeover.harness.provider;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.Answer;
import dev.changeover.harness.wire.AnswerReader;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Usage;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// A row of the ledger while it is being written: watches the answer pass, and is entered exactly once.
final class LedgerRow {

    private final EventSink ledger;
    private final Ticker ticker;
    private final Arm arm;
    private final TapRequest request;
    private final SortedMap<Integer, Event.Strike> faults = new TreeMap<>();
    private final long arrivedNanos;
    private OptionalInt status = OptionalInt.empty();
    private Optional<AnswerReader> reader = Optional.empty();
    private Optional<AnswerReader> generated = Optional.empty();
    private boolean generatedWhole;
    private boolean generatedNothing;
    private OptionalLong firstByteNanos = OptionalLong.empty();
    private OptionalLong firstTokenNanos = OptionalLong.empty();
    private OptionalLong lastTokenNanos = OptionalLong.empty();
    private Optional<Answer> verdict = Optional.empty();
    private long doneNanos;
    private boolean entered;
    private Runnable onJudged = () -> {};

    LedgerRow(EventSink ledger, Ticker ticker, Arm arm, TapRequest request, long arrivedNanos) {
        this.ledger = ledger;
        this.ticker = ticker;
        this.arm = arm;
        this.request = request;
        this.arrivedNanos = arrivedNanos;
    }

    void answered(int code, String contentType) {
        status = OptionalInt.of(code);
        reader = Optional.of(new AnswerReader(code, contentType));
    }

    /// A fault answers in the provider's place: the row has none of the tokens that it makes up.
    void answeredInstead(int code, String contentType) {
        answered(code, contentType);
        generatedNothing = true;
    }

    /// A fault did something to the call.
    void struckBy(InjectedFault fault) {
        faults.put(fault.index(), fault.strike());
    }

    /// From here on the provider's answer and what is passed on of it may differ: the row tells what the provider
    /// generated, and what became of what was passed on.
    void passedOnDiffers(int code, String contentType) {
        generated = Optional.of(new AnswerReader(code, contentType));
    }

    void generated(Buffer piece) {
        byte[] bytes = piece.getBytes();
        generated.orElseThrow().feed(bytes, 0, bytes.length);
    }

    void generatedWhole() {
        generatedWhole = true;
    }

    void passed(Buffer piece) {
        long now = ticker.nanos();
        byte[] bytes = piece.getBytes();
        if (firstByteNanos.isEmpty()) {
            firstByteNanos = OptionalLong.of(now);
        }
        if (reader.orElseThrow().feed(bytes, 0, bytes.length) > 0) {
            lastTokenNanos = OptionalLong.of(now);
            if (firstTokenNanos.isEmpty()) {
                firstTokenNanos = lastTokenNanos;
            }
        }
    }

    /// The answer is over.
    ///
    /// @param complete whether it ended as HTTP says it should, rather than being cut
    void ended(boolean complete) {
        Answer answer = reader.orElseThrow().finish(complete);
        judged(request.completion() ? answer : byStatus(complete, answer));
    }

    void failed(ErrorKind kind) {
        judged(outcome(new Outcome.Failed(kind)));
    }

    /// The client went away. An answer that was over by then keeps its outcome.
    void cancelled() {
        Answer soFar = reader.map(seen -> seen.finish(false)).orElseGet(() -> outcome(Outcome.CANCELLED));
        judged(new Answer(Outcome.CANCELLED, soFar.usage(), soFar.model(), soFar.countedOutput(), Optional.empty()));
    }

    /// Runs it once it is settled what became of the call.
    void whenJudged(Runnable action) {
        onJudged = action;
    }

    boolean isJudged() {
        return verdict.isPresent();
    }

    /// @param delivered whether every byte was handed to the side that asked
    void enter(boolean delivered) {
        if (entered) {
            return;
        }
        entered = true;
        Answer answer = verdict.orElseThrow();
        ledger.accept(new Event.UpstreamCall(
                request.id(),
                arm,
                request.model(),
                answer.model(),
                request.stream(),
                new Event.Timing(
                        arrivedNanos, arrivedNanos, firstByteNanos, firstTokenNanos, lastTokenNanos, doneNanos),
                status,
                answer.outcome(),
                delivered,
                answer.usage(),
                answer.countedOutput(),
                List.copyOf(faults.values()),
                request.question()));
    }

    private void judged(Answer answer) {
        if (verdict.isEmpty()) {
            doneNanos = ticker.nanos();
            verdict = Optional.of(billed(answer));
            onJudged.run();
        }
    }

    private Answer billed(Answer passed) {
        if (generatedNothing) {
            return new Answer(passed.outcome(), Usage.UNKNOWN, passed.model(), OptionalLong.empty(), passed.error());
        }
        if (generated.isEmpty()) {
            return passed;
        }
        Answer whole = generated.get().finish(generatedWhole);
        return new Answer(
                passed.outcome(),
                whole.usage(),
                passed.model().or(whole::model),
                whole.countedOutput(),
                passed.error());
    }

    private Answer byStatus(boolean complete, Answer answer) {
        int code = status.orElseThrow();
        if (code >= 400) {
            return answer;
        }
        return outcome(complete ? Outcome.SERVED : new Outcome.Failed(ErrorKind.TRUNCATED_STREAM));
    }

    private static Answer outcome(Outcome outcome) {
        return new Answer(outcome, Usage.UNKNOWN, Optional.empty(), OptionalLong.empty(), Optional.empty());
    }
}
