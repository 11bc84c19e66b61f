package dev.changeover.harness.check;

import dev.changeover.harness.check.RollbackSummary.Condition;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Rollback;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import java.util.Arrays;
import java.util.OptionalDouble;

/// From when on the old provider alone answers, after a rollback was triggered: the first request due later
/// from which to the end, and in the first 50 requests and 1 s, at least the share asked for never reached
/// the new provider, and no more are unanswered than the error objective allows. A shorter end proves nothing.
/// A later fault ends what is looked at: failing over is no relapse.
final class TrafficBack {

    /// Where no objective says.
    private static final double ERRORS = 0.01;

    private final Join join;
    private final Firsts firsts;
    private final long triggerNanos;
    private final double mayReachNew;
    private final double mayFail;
    private final int[] due;

    TrafficBack(Scenario scenario, History history, FaultTimes faults, Join join, Firsts firsts, long triggerNanos) {
        this.join = join;
        this.firsts = firsts;
        this.triggerNanos = triggerNanos;
        this.mayReachNew = 1
                - scenario.rollback()
                        .flatMap(Rollback::verify)
                        .map(v -> v.weightOld().value())
                        .orElse(1.0);
        this.mayFail = scenario.objectives().errorRate().map(Share::value).orElse(ERRORS);
        long until = faults.windows().stream()
                .mapToLong(FaultTimes.Window::inForceNanos)
                .filter(at -> at > triggerNanos)
                .min()
                .orElse(Long.MAX_VALUE);
        this.due = Arrays.stream(
                        Order.by(join.size(), i -> join.request(i).timing().dueNanos()))
                .filter(i -> dueOf(i) > triggerNanos && dueOf(i) < until)
                .filter(i ->
                        firsts.reached(i, Arm.NEW) || counts(join.request(i).outcome()))
                .toArray();
    }

    private static boolean counts(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Served _ -> true;
            case Outcome.Cancelled _ -> false;
            case Outcome.Failed(var kind) -> kind != ErrorKind.BAD_REQUEST;
        };
    }

    private long dueOf(int i) {
        return join.request(i).timing().dueNanos();
    }

    Condition condition() {
        int n = due.length;
        if (n == 0) {
            return new Condition(true, false, OptionalDouble.empty(), "no request was due after the trigger");
        }
        int[] strayed = new int[n + 1];
        int[] failed = new int[n + 1];
        for (int k = 0; k < n; k++) {
            Event.Request request = join.request(due[k]);
            boolean stray = firsts.reached(due[k], Arm.NEW);
            strayed[k + 1] = strayed[k] + (stray ? 1 : 0);
            failed[k + 1] = failed[k] + (!stray && !request.outcome().isServed() ? 1 : 0);
        }
        String evidence = "of %d requests due later, %d reached the new provider and %d others got no answer"
                .formatted(n, strayed[n], failed[n]);
        int window = 0;
        for (int k = 0; k < n; k++) {
            window = Math.max(window, k);
            while (window < n
                    && (window - k < DueWindows.FEWEST_REQUESTS
                            || dueOf(due[window]) - dueOf(due[k]) < DueWindows.SHORTEST_NANOS)) {
                window++;
            }
            boolean thisOne = strayed[k + 1] + failed[k + 1] == strayed[k] + failed[k];
            boolean proved = window < n;
            if (proved && thisOne && within(strayed, failed, k, n) && within(strayed, failed, k, window)) {
                return new Condition(true, true, OptionalDouble.of((dueOf(due[k]) - triggerNanos) / 1e6), evidence);
            }
        }
        boolean enough = n > DueWindows.FEWEST_REQUESTS && dueOf(due[n - 1]) - triggerNanos > DueWindows.SHORTEST_NANOS;
        return new Condition(
                true,
                enough,
                OptionalDouble.empty(),
                enough ? evidence : evidence + ", too few or too short a time to tell");
    }

    private boolean within(int[] strayed, int[] failed, int from, int to) {
        int n = to - from;
        return strayed[to] - strayed[from] <= mayReachNew * n + 1e-9
                && failed[to] - failed[from] <= Math.max(mayFail * n, n < DueWindows.FEWEST_REQUESTS ? 0 : 1) + 1e-9;
    }
}
