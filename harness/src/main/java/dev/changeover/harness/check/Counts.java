package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Objectives;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Usage;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// How the requests of one side ended, counted in one pass.
///
/// @param lost sent, and neither an answer nor an error came back
/// @param withinObjectives served, and within both times
/// @param meteredOutput output tokens by usage, of answers that were counted too
/// @param countedOutput output tokens by our own count, of answers that were metered too
/// @param unmeteredInput served answers whose usage names no input
public record Counts(
        long requests,
        long served,
        long cancelled,
        long badRequests,
        SortedMap<ErrorKind, Long> errors,
        long lost,
        Tally all,
        Tally steady,
        Tally fault,
        long withinObjectives,
        long inputTokens,
        long outputTokens,
        long cachedTokens,
        long estimatedTokens,
        long meteredOutput,
        long countedOutput,
        long unmeteredInput) {

    /// @param errors of n, the cancelled left out of both
    public record Tally(long errors, long n) {
        public OptionalDouble rate() {
            return n == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) errors / n);
        }
    }

    Tally of(Side.Population population) {
        return switch (population) {
            case ALL -> all;
            case STEADY -> steady;
            case FAULT -> fault;
        };
    }

    /// Requests that could have been within objectives.
    public long answerable() {
        return requests - cancelled - badRequests;
    }

    static Counts of(List<? extends Event.Exchange> rows, FaultTimes faults, Objectives objectives) {
        long[] byKind = new long[ErrorKind.values().length];
        long served = 0;
        long cancelled = 0;
        long within = 0;
        long[] steady = new long[2];
        long[] fault = new long[2];
        long input = 0;
        long output = 0;
        long cached = 0;
        long estimated = 0;
        long metered = 0;
        long counted = 0;
        long inputs = 0;
        long unmeteredInput = 0;
        long lost = 0;
        for (Event.Exchange row : rows) {
            long[] tally = faults.touch(row.timing()) ? fault : steady;
            Usage usage = row.usage();
            switch (row.outcome()) {
                case Outcome.Served _ -> {
                    served++;
                    tally[1]++;
                    within += withinObjectives(row, objectives) ? 1 : 0;
                    if (usage.output().isEmpty()) {
                        long own = row.countedOutput().orElse(0);
                        output += own;
                        estimated += own;
                    } else if (row.countedOutput().isPresent()) {
                        metered += usage.output().getAsLong();
                        counted += row.countedOutput().getAsLong();
                    }
                    unmeteredInput += usage.input().isEmpty() ? 1 : 0;
                }
                case Outcome.Cancelled _ -> cancelled++;
                case Outcome.Failed(var kind) -> {
                    byKind[kind.ordinal()]++;
                    tally[0]++;
                    tally[1]++;
                }
            }
            lost += row.mayBeBilled() ? 1 : 0;
            inputs += usage.input().isPresent() ? 1 : 0;
            input += usage.input().orElse(0);
            output += usage.output().orElse(0);
            cached += usage.cached().orElse(0);
        }
        SortedMap<ErrorKind, Long> errors = new TreeMap<>();
        for (ErrorKind kind : ErrorKind.values()) {
            if (byKind[kind.ordinal()] > 0) {
                errors.put(kind, byKind[kind.ordinal()]);
            }
        }
        long meanInput = inputs == 0 ? 0 : Math.round((double) input / inputs);
        return new Counts(
                rows.size(),
                served,
                cancelled,
                byKind[ErrorKind.BAD_REQUEST.ordinal()],
                errors,
                lost,
                new Tally(steady[0] + fault[0], steady[1] + fault[1]),
                new Tally(steady[0], steady[1]),
                new Tally(fault[0], fault[1]),
                within,
                input + unmeteredInput * meanInput,
                output,
                cached,
                estimated,
                metered,
                counted,
                unmeteredInput);
    }

    static boolean withinObjectives(Event.Exchange row, Objectives objectives) {
        if (!row.outcome().isServed()) {
            return false;
        }
        long latency = row.timing().latencyNanos();
        if (objectives.latency().isPresent()
                && latency > objectives.latency().get().toNanos()) {
            return false;
        }
        if (objectives.ttft().isEmpty() || !row.stream()) {
            return true;
        }
        return row.timing().ttftNanos().orElse(Long.MAX_VALUE)
                <= objectives.ttft().get().toNanos();
    }
}
