package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.units.Arm;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// When faults were in force.
record FaultTimes(List<Window> windows) {

    /// @param goneNanos empty when the run ended first
    record Window(int index, String fault, Arm on, long inForceNanos, OptionalLong goneNanos) {

        boolean holds(long nanos) {
            return nanos >= inForceNanos && (goneNanos.isEmpty() || nanos <= goneNanos.getAsLong());
        }

        boolean overlaps(long fromNanos, long toNanos) {
            return toNanos >= inForceNanos && (goneNanos.isEmpty() || fromNanos <= goneNanos.getAsLong());
        }
    }

    FaultTimes {
        windows = List.copyOf(windows);
    }

    static FaultTimes of(History history) {
        SortedMap<Integer, Event.Fault> began = new TreeMap<>();
        SortedMap<Integer, Event.Fault> ended = new TreeMap<>();
        for (Event.Fault step : history.faults()) {
            switch (step.step()) {
                case IN_FORCE -> began.putIfAbsent(step.index(), step);
                case GONE -> ended.put(step.index(), step);
                case ASKED, LIFTING -> {}
            }
        }
        return new FaultTimes(began.values().stream()
                .map(f -> new Window(
                        f.index(),
                        f.fault(),
                        f.on(),
                        f.atNanos(),
                        ended.containsKey(f.index())
                                ? OptionalLong.of(ended.get(f.index()).atNanos())
                                : OptionalLong.empty()))
                .toList());
    }

    /// Whether any fault was in force.
    boolean hold(long nanos) {
        for (Window window : windows) {
            if (window.holds(nanos)) {
                return true;
            }
        }
        return false;
    }

    /// Whether any fault was in force between when it was due and when it ended.
    boolean touch(Event.Timing timing) {
        return overlap(timing.dueNanos(), timing.doneNanos());
    }

    /// Whether any fault was in force at some time of these.
    boolean overlap(long fromNanos, long toNanos) {
        for (Window window : windows) {
            if (window.overlaps(fromNanos, toNanos)) {
                return true;
            }
        }
        return false;
    }
}
