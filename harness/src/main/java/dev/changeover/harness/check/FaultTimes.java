package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.units.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// When faults were in force.
record FaultTimes(List<Window> windows) {

    /// @param goneNanos empty when the run ended first
    /// @param turns in order, in which it was there: many, where it comes and goes, else one
    record Window(int index, String fault, Arm on, long inForceNanos, OptionalLong goneNanos, List<Turn> turns) {

        Window {
            turns = List.copyOf(turns);
        }

        boolean holds(long nanos) {
            return nanos >= inForceNanos && (goneNanos.isEmpty() || nanos <= goneNanos.getAsLong());
        }

        boolean overlaps(long fromNanos, long toNanos) {
            return toNanos >= inForceNanos && (goneNanos.isEmpty() || fromNanos <= goneNanos.getAsLong());
        }

        /// Whether it was there at some time of these: in the last turn that had begun.
        boolean meets(long fromNanos, long toNanos) {
            int begun = 0;
            int later = turns.size();
            while (begun < later) {
                int middle = (begun + later) >>> 1;
                if (turns.get(middle).fromNanos() <= toNanos) {
                    begun = middle + 1;
                } else {
                    later = middle;
                }
            }
            return begun > 0 && turns.get(begun - 1).untilNanos().orElse(Long.MAX_VALUE) >= fromNanos;
        }
    }

    /// @param untilNanos empty when the run ended first
    record Turn(long fromNanos, OptionalLong untilNanos) {}

    FaultTimes {
        windows = List.copyOf(windows);
    }

    static FaultTimes of(List<Event.Fault> all) {
        SortedMap<Integer, List<Event.Fault>> steps = new TreeMap<>();
        for (Event.Fault step : all) {
            steps.computeIfAbsent(step.index(), _ -> new ArrayList<>()).add(step);
        }
        List<Window> windows = new ArrayList<>();
        for (List<Event.Fault> own : steps.values()) {
            List<Turn> turns = turns(own);
            if (!turns.isEmpty()) {
                Event.Fault fault = own.getFirst();
                long inForce = turns.getFirst().fromNanos();
                windows.add(new Window(fault.index(), fault.fault(), fault.on(), inForce, gone(own), turns));
            }
        }
        return new FaultTimes(windows);
    }

    private static List<Turn> turns(List<Event.Fault> steps) {
        List<Turn> turns = new ArrayList<>();
        for (Event.Fault step : steps) {
            switch (step.step()) {
                case IN_FORCE, RESUMED -> turns.add(new Turn(step.atNanos(), OptionalLong.empty()));
                case PAUSED, GONE -> {
                    if (!turns.isEmpty() && turns.getLast().untilNanos().isEmpty()) {
                        turns.add(new Turn(turns.removeLast().fromNanos(), OptionalLong.of(step.atNanos())));
                    }
                }
                case ASKED, LIFTING -> {}
            }
        }
        return turns;
    }

    private static OptionalLong gone(List<Event.Fault> steps) {
        return steps.stream()
                .filter(step -> step.step() == Event.FaultStep.GONE)
                .mapToLong(Event.Fault::atNanos)
                .findFirst();
    }

    /// The next fault, or the end: from then on nothing speaks of this one alone.
    long until(Window fault, long endNanos) {
        return windows.stream()
                .mapToLong(Window::inForceNanos)
                .filter(other -> other > fault.inForceNanos())
                .min()
                .orElse(Math.max(endNanos, fault.inForceNanos()));
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
