package dev.changeover.harness.measurement;

import dev.changeover.harness.scenario.FittedProfile.Measured;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.importer.Traces;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Reads measured calls, in any of its formats.
public final class Measurements {

    /// The last takes what no other does.
    private static final List<MeasurementFormat> ALL =
            List.of(new LlmperfFormat(), new ProbeCsvFormat(), new HistoryFormat(), new TraceFormat());

    private Measurements() {}

    /// @throws TraceException when it cannot be read, or holds no usable call
    public static Measurement read(Measured measured) {
        TraceFile file = new TraceFile(measured.file());
        MeasurementFormat format = format(measured, file);
        if (measured.arm().isPresent() && !(format instanceof HistoryFormat)) {
            throw new TraceException(file.path(), 0, "is no history, so it has no arms", "take 'arm' out");
        }
        OptionalStart start = new OptionalStart();
        if (measured.windowed()) {
            format.read(file, measured, new CallSink(file, start::see));
        }
        Window window = new Window(measured, start.nanos);
        EvenSample sample = new EvenSample(Measurement.MOST_CALLS);
        CallSink sink = new CallSink(file, call -> {
            if (window.holds(call)) {
                sample.add(call);
            }
        });
        format.read(file, measured, sink);
        if (sample.seen() == 0) {
            throw new TraceException(
                    file.path(),
                    0,
                    window.empty(sink.leftOut().text()),
                    "name a file with times to first token, or another window of it");
        }
        return new Measurement(
                file.path(),
                Traces.digest(file.path()),
                format.name(),
                inOrder(sample.kept(), window),
                sample.seen(),
                sink.leftOut().text(),
                sink.notes());
    }

    private static MeasurementFormat format(Measured measured, TraceFile file) {
        Optional<MeasurementFormat> named = measured.format()
                .flatMap(name -> ALL.stream().filter(f -> f.name().equals(name)).findFirst());
        if (named.isPresent()) {
            return named.get();
        }
        // any other name is that of an importer, which knows whether there is one
        if (measured.format().isPresent()) {
            return ALL.getLast();
        }
        String start = file.start();
        return ALL.stream().filter(f -> f.fits(start)).findFirst().orElseThrow();
    }

    private static List<MeasuredCall> inOrder(List<MeasuredCall> calls, Window window) {
        if (!calls.stream().allMatch(call -> call.atNanos().isPresent())) {
            return calls;
        }
        long first = window.startNanos()
                .orElseGet(() -> calls.stream()
                        .mapToLong(call -> call.atNanos().getAsLong())
                        .min()
                        .orElse(0));
        return calls.stream()
                .map(call -> call.at(call.atNanos().getAsLong() - first))
                .sorted(Comparator.comparingLong(call -> call.atNanos().getAsLong()))
                .toList();
    }

    /// The time of the earliest call.
    private static final class OptionalStart {

        private Optional<Long> nanos = Optional.empty();

        void see(MeasuredCall call) {
            call.atNanos().ifPresent(at -> nanos = Optional.of(Math.min(at, nanos.orElse(at))));
        }
    }

    private record Window(Measured measured, Optional<Long> firstNanos) {

        boolean holds(MeasuredCall call) {
            if (!measured.windowed()) {
                return true;
            }
            if (call.atNanos().isEmpty()) {
                return false;
            }
            long at = call.atNanos().getAsLong() - startNanos().orElseThrow();
            return at >= 0
                    && measured.length().map(length -> at < length.toNanos()).orElse(true);
        }

        Optional<Long> startNanos() {
            return measured.windowed()
                    ? firstNanos.map(first -> first + measured.from().toNanos())
                    : Optional.empty();
        }

        String empty(String leftOut) {
            String without = leftOut.isEmpty() ? "" : "; left out: " + leftOut;
            if (measured.windowed()) {
                return (firstNanos.isEmpty()
                                ? "has no times, so there is no window of it"
                                : "has no call in the window")
                        + without;
            }
            return "has no usable call" + without;
        }
    }
}
