package dev.changeover.harness.measurement;

import dev.changeover.harness.wire.ErrorKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The requests a minute that a provider let through, where its refusals tell.
///
/// A limit shows in this: calls are refused when so many were let through in the minute before, and let through when
/// fewer were. Both have to hold, but for 2 % of either; random refusals, another limit (of tokens, of calls at once)
/// or
/// other users of the account break them. The first two minutes, in which a provider may let a burst through, are
/// looked
/// at by nobody.
sealed interface RequestLimit {

    /// @param requestsPerMinute 1 at least
    record Told(int requestsPerMinute) implements RequestLimit {}

    /// @param why in words, after "cannot be told: "
    record Untold(String why) implements RequestLimit {}

    /// It was never met.
    record NotMet() implements RequestLimit {}

    long MINUTE_NANOS = 60_000_000_000L;
    int FEWEST_REFUSALS = 20;
    double EXCEPTIONS = 0.02;

    /// @param measurement whose calls are in order where they have times
    static RequestLimit of(Measurement measurement) {
        long refused =
                measurement.calls().stream().filter(RequestLimit::isRefused).count();
        if (refused == 0) {
            return new NotMet();
        }
        if (!measurement.timed()) {
            return new Untold("the calls have no times");
        }
        if (measurement.sampled()) {
            return new Untold("there are too many calls to look at all");
        }
        return ofTimed(measurement.calls());
    }

    private static RequestLimit ofTimed(List<MeasuredCall> calls) {
        List<Integer> atRefusals = new ArrayList<>();
        List<Integer> atPasses = new ArrayList<>();
        int from = 0;
        int passed = 0;
        for (MeasuredCall call : calls) {
            long now = call.atNanos().getAsLong();
            while (now - calls.get(from).atNanos().getAsLong() >= MINUTE_NANOS) {
                passed -= isRefused(calls.get(from)) ? 0 : 1;
                from++;
            }
            if (now >= 2 * MINUTE_NANOS) {
                (isRefused(call) ? atRefusals : atPasses).add(passed);
            }
            passed += isRefused(call) ? 0 : 1;
        }
        if (atRefusals.size() < FEWEST_REFUSALS) {
            return new Untold("there are %d refusals after the first two minutes, and it takes %d"
                    .formatted(atRefusals.size(), FEWEST_REFUSALS));
        }
        return judged(sorted(atRefusals), sorted(atPasses));
    }

    private static RequestLimit judged(int[] atRefusals, int[] atPasses) {
        int least = atRefusals[(int) (EXCEPTIONS * atRefusals.length)];
        int slack = 1 + least / 50;
        long beyond =
                Arrays.stream(atPasses).filter(count -> count > least + slack).count();
        if (least < 1 || beyond > EXCEPTIONS * atPasses.length) {
            return new Untold("calls were refused when fewer had passed in the minute before than at other times");
        }
        return new Told(atRefusals[atRefusals.length / 2]);
    }

    private static int[] sorted(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private static boolean isRefused(MeasuredCall call) {
        return call.failure().filter(f -> f.kind() == ErrorKind.RATE_LIMITED).isPresent();
    }
}
