package dev.changeover.harness.rehearsal;

import dev.changeover.harness.scenario.FaultWindow;
import java.util.Comparator;
import java.util.Optional;

/// When something is to be done to a fault. Each moment follows from the one before and from the plan alone, so that
/// late ones delay none after them.
///
/// @param endNanos when the fault is to be gone
record FaultMoment(long atNanos, Turn turn, int index, FaultWindow fault, long endNanos)
        implements Comparable<FaultMoment> {

    enum Turn {
        /// First at equal times: what follows on another fault finds it gone.
        END,
        PAUSE,
        BEGIN,
        RESUME
    }

    private static final Comparator<FaultMoment> BY_TIME = Comparator.comparingLong(FaultMoment::atNanos)
            .thenComparing(FaultMoment::turn)
            .thenComparing(FaultMoment::index);

    /// @param speed trace time is divided by it, pulses are not
    static FaultMoment first(int index, FaultWindow fault, double speed) {
        long from = (long) (fault.at().toNanos() / speed);
        long to = (long) (fault.at().plus(fault.length()).toNanos() / speed);
        return new FaultMoment(from, Turn.BEGIN, index, fault, to);
    }

    Optional<FaultMoment> next() {
        return switch (turn) {
            case BEGIN, RESUME ->
                Optional.of(fault.effect()
                        .pulse()
                        .map(pulse -> at(pulse.on().toNanos(), Turn.PAUSE))
                        .orElseGet(this::end));
            case PAUSE -> fault.effect().pulse().map(pulse -> at(pulse.off().toNanos(), Turn.RESUME));
            case END -> Optional.empty();
        };
    }

    private FaultMoment at(long laterNanos, Turn then) {
        long at = atNanos + laterNanos;
        return at < endNanos ? new FaultMoment(at, then, index, fault, endNanos) : end();
    }

    private FaultMoment end() {
        return new FaultMoment(endNanos, Turn.END, index, fault, endNanos);
    }

    @Override
    public int compareTo(FaultMoment other) {
        return BY_TIME.compare(this, other);
    }
}
