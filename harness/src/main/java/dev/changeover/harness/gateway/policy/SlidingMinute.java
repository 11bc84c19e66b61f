package dev.changeover.harness.gateway.policy;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.OptionalLong;

/// What was let through in the last minute, held against two limits. What was let through counts for 60 s, and not
/// at the end of them any more.
final class SlidingMinute {

    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final OptionalLong mostRequests;
    private final OptionalLong mostTokens;
    private final ArrayDeque<Passed> passed = new ArrayDeque<>();
    private long tokens;

    private record Passed(long atNanos, long tokens) {}

    SlidingMinute(OptionalLong mostRequests, OptionalLong mostTokens) {
        this.mostRequests = mostRequests;
        this.mostTokens = mostTokens;
    }

    /// Whether an empty minute has room for it.
    boolean everFits(long asked) {
        return mostTokens.isEmpty() || asked <= mostTokens.getAsLong();
    }

    /// The first moment, `now` or later, that has room for a request if nothing else is let through before.
    ///
    /// @param asked tokens, few enough to fit ever
    long fitsFromNanos(long asked, long now) {
        forget(now);
        long requestsLeft = passed.size();
        long tokensLeft = tokens;
        long at = now;
        Iterator<Passed> oldestFirst = passed.iterator();
        while (!fits(requestsLeft, tokensLeft, asked)) {
            Passed oldest = oldestFirst.next();
            requestsLeft--;
            tokensLeft -= oldest.tokens();
            at = oldest.atNanos() + MINUTE_NANOS;
        }
        return at;
    }

    void letThrough(long asked, long now) {
        forget(now);
        passed.add(new Passed(now, asked));
        tokens += asked;
    }

    private boolean fits(long requestsThere, long tokensThere, long asked) {
        return (mostRequests.isEmpty() || requestsThere < mostRequests.getAsLong())
                && (mostTokens.isEmpty() || tokensThere + asked <= mostTokens.getAsLong());
    }

    private void forget(long now) {
        while (!passed.isEmpty() && passed.peek().atNanos() + MINUTE_NANOS <= now) {
            tokens -= passed.remove().tokens();
        }
    }
}
