package dev.changeover.harness.measurement;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.HistoryException;
import dev.changeover.harness.history.HistoryReader;
import dev.changeover.harness.scenario.FittedProfile.Measured;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The history of an earlier run: the ledger of one arm, which is what reached the provider and came back from it.
/// Calls that a fault struck are left out: that was the run's doing.
final class HistoryFormat implements MeasurementFormat {

    @Override
    public String name() {
        return "history";
    }

    @Override
    public boolean fits(String start) {
        return start.lines()
                .findFirst()
                .filter(line -> line.contains(HistoryReader.FORMAT))
                .isPresent();
    }

    @Override
    public void read(TraceFile file, Measured measured, CallSink calls) {
        Arm arm = measured.arm()
                .orElseThrow(() -> new TraceException(
                        file.path(), 0, "is a history, which has two arms", "add arm: old, or arm: new"));
        History history = history(file);
        String evidence = history.started().evidence().getOrDefault(arm.word(), "");
        if (!evidence.equals("real")) {
            calls.note("the %s arm of that run was %s, not a real provider"
                    .formatted(arm.word(), evidence.isEmpty() ? "not there" : evidence));
        }
        for (Event.UpstreamCall row : history.ledger()) {
            boolean request = row.id().map(CallId::purpose).orElse(Purpose.REQUEST) == Purpose.REQUEST;
            if (row.arm() == arm && request) {
                calls.row(0, () -> call(row));
            }
        }
    }

    private static History history(TraceFile file) {
        try {
            return HistoryReader.read(file.path());
        } catch (HistoryException e) {
            String[] told = e.getMessage().split("\\R\\s*", 2);
            throw new TraceException(
                    file.path(), 0, "is no history: " + told[0], told.length > 1 ? told[1] : "name another", e);
        }
    }

    private static MeasuredCall call(Event.UpstreamCall row) {
        if (!row.faults().isEmpty()) {
            throw new IllegalArgumentException("struck by a fault of that run");
        }
        long start = row.timing().sentNanos();
        OptionalLong at = OptionalLong.of(start);
        OptionalLong done = OptionalLong.of(row.timing().doneNanos() - start);
        return switch (row.outcome()) {
            case Outcome.Served _ ->
                new MeasuredCall(
                        at,
                        since(start, row.timing().firstTokenNanos()),
                        row.timing().lastTokenNanos().isPresent()
                                ? since(start, row.timing().lastTokenNanos())
                                : done,
                        tokens(row),
                        Optional.empty());
            case Outcome.Cancelled _ -> throw new IllegalArgumentException("its caller left before the end");
            case Outcome.Failed(var kind) -> MeasuredCall.failed(at, new Failure(kind, row.status(), done));
        };
    }

    private static OptionalLong since(long start, OptionalLong nanos) {
        return nanos.isPresent() ? OptionalLong.of(nanos.getAsLong() - start) : OptionalLong.empty();
    }

    private static OptionalInt tokens(Event.UpstreamCall row) {
        OptionalLong tokens = row.usage().output().isPresent() ? row.usage().output() : row.countedOutput();
        return tokens.isPresent() ? OptionalInt.of(Math.toIntExact(tokens.getAsLong())) : OptionalInt.empty();
    }
}
