package dev.changeover.toxics.http;

import java.util.Optional;
import java.util.OptionalLong;

/// Which calls a fault strikes: those that meet every condition, chosen by seed and request, never by arrival; of
/// them, where that is asked for, only the first ones.
///
/// @param share of requests struck, 0 to 1
/// @param every one request in so many, 1 or more
/// @param model only requests for it
/// @param streamsOnly only requests for a stream
/// @param first so many calls that meet the rest, counted by whoever carries the fault out; then no more
public record Selection(double share, long every, Optional<String> model, boolean streamsOnly, OptionalLong first) {

    public static final Selection ALL = ofShare(1);

    /// A call as far as it decides whether a fault strikes it.
    ///
    /// @param request its number
    /// @param attempt at this request, from 1
    public record Call(long request, int attempt, Optional<String> model, boolean stream) {}

    public Selection {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be 0 to 1, got " + share);
        }
        if (every < 1) {
            throw new IllegalArgumentException("every must be >= 1, got " + every);
        }
        if (first.isPresent() && first.getAsLong() < 1) {
            throw new IllegalArgumentException("first must be >= 1, got " + first.getAsLong());
        }
    }

    public static Selection ofShare(double share) {
        return new Selection(share, 1, Optional.empty(), false, OptionalLong.empty());
    }

    /// Whether the call meets all conditions but `first`; the same arguments always answer the same.
    ///
    /// Each attempt is drawn anew for `share`; `every` chooses requests, with all of their attempts.
    public boolean meets(long seed, Call call) {
        return (!streamsOnly || call.stream())
                && (model.isEmpty() || model.equals(call.model()))
                && Math.floorMod(call.request() + mix(seed), every) == 0
                && (mix(mix(seed ^ call.request()) + call.attempt()) >>> 11) * 0x1.0p-53 < share;
    }

    /// Stafford's variant 13 of the MurmurHash3 finalizer, as in `java.util.SplittableRandom`.
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
