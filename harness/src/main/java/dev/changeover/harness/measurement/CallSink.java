package dev.changeover.harness.measurement;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.importer.LeftOut;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Where readers put what they read. Errors that are the caller's own, a prompt too long or a bill unpaid, say
/// nothing of the provider and are left out, counted.
final class CallSink {

    private final TraceFile file;
    private final Consumer<MeasuredCall> calls;
    private final LeftOut leftOut = LeftOut.counting();
    private final Set<String> notes = new LinkedHashSet<>();

    CallSink(TraceFile file, Consumer<MeasuredCall> calls) {
        this.file = file;
        this.calls = calls;
    }

    /// @param line where it is; 0 where nobody knows
    /// @param made throws `IllegalArgumentException` saying why it is no usable call
    void row(long line, Supplier<MeasuredCall> made) {
        MeasuredCall call;
        try {
            call = made.get();
        } catch (IllegalArgumentException e) {
            leaveOut(e.getMessage(), line);
            return;
        }
        if (call.failure().filter(Failure::callersOwn).isPresent()) {
            leaveOut("the caller's own error " + call.failure().get().kind().word(), line);
        } else if (call.isServed() && call.ttftNanos().isEmpty()) {
            leaveOut("served, with no time of a first token", line);
        } else {
            calls.accept(call);
        }
    }

    void leaveOut(String why, long line) {
        leftOut.row(why, new TraceException(file.path(), line, why, "correct the row, or fit to the rest"));
    }

    /// Something that whoever uses the fit should know; once.
    void note(String sentence) {
        notes.add(sentence);
    }

    LeftOut leftOut() {
        return leftOut;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
