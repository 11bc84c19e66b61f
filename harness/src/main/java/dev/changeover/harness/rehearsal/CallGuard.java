package dev.changeover.harness.rehearsal;

import dev.changeover.harness.provider.Admission;
import dev.changeover.harness.scenario.Budget;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Ticker;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Lets calls through to providers as long as the budget has room for them, whatever they are for: requests, retries,
/// probes, the warm-up. The first that it has no room for is not sent, nor is any after it, and ends the run; so not
/// even a storm of retries gets past the budget.
final class CallGuard {

    private final Budget budget;
    private final Set<Arm> counted;
    private final Ticker ticker;
    private final Consumer<String> onExceeded;
    private final Map<Arm, Sent> latest = new EnumMap<>(Arm.class);
    private long sent;
    private boolean exceeded;

    /// @param counted arms whose calls count
    /// @param onExceeded told once, which bound it was
    CallGuard(Budget budget, Set<Arm> counted, Ticker ticker, Consumer<String> onExceeded) {
        this.budget = budget;
        this.counted = Set.copyOf(counted);
        this.ticker = ticker;
        this.onExceeded = onExceeded;
        budget.maxRate().ifPresent(rate -> counted.forEach(arm -> latest.put(arm, new Sent(rate))));
    }

    Admission of(Arm arm) {
        return counted.contains(arm) ? () -> admits(arm) : Admission.ALL;
    }

    private synchronized boolean admits(Arm arm) {
        if (exceeded) {
            return false;
        }
        long now = ticker.nanos();
        if (budget.maxRequests().isPresent() && sent >= budget.maxRequests().getAsLong()) {
            return stop("all %,d calls of budget.max_requests were made".formatted(sent));
        }
        if (latest.containsKey(arm) && !latest.get(arm).hasRoom(now)) {
            return stop("a call to the %s provider would have been past budget.max_rate, %s"
                    .formatted(arm.word(), budget.maxRate().orElseThrow()));
        }
        sent++;
        if (latest.containsKey(arm)) {
            latest.get(arm).add(now);
        }
        return true;
    }

    private boolean stop(String why) {
        exceeded = true;
        onExceeded.accept(why);
        return false;
    }

    /// The times of as many calls as one span may hold, the oldest overwritten first.
    private static final class Sent {
        private final long[] nanos;
        private final long spanNanos;
        private long count;

        Sent(Budget.Rate rate) {
            this.nanos = new long[rate.calls()];
            this.spanNanos = rate.span().toNanos();
        }

        boolean hasRoom(long now) {
            return count < nanos.length || now - nanos[(int) (count % nanos.length)] >= spanNanos;
        }

        void add(long now) {
            nanos[(int) (count++ % nanos.length)] = now;
        }
    }
}
