package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Share;
import java.time.Duration;
import java.util.List;

/// How traffic moves from the old provider to the new one, phase by phase.
///
/// @param at trace time from the start of the window at which the first phase begins; before it nothing goes to new
/// @param weights share of the traffic that the new provider gets in each phase; they rise
/// @param hold how long each phase lasts at least
/// @param sticky what stays on one provider
/// @param gate what decides at the end of a phase
/// @param tolerated how much worse the new provider may be before it is rolled back
public record Rollout(Duration at, List<Share> weights, Hold hold, Sticky sticky, Decider gate, Tolerated tolerated) {

    public Rollout {
        weights = List.copyOf(weights);
        if (at.isNegative()) {
            throw new IllegalArgumentException("at must be >= 0, got " + at);
        }
        if (weights.isEmpty()) {
            throw new IllegalArgumentException("weights must name at least one share");
        }
        for (int i = 0; i < weights.size(); i++) {
            double before = i == 0 ? 0 : weights.get(i - 1).value();
            if (weights.get(i).value() <= before) {
                throw new IllegalArgumentException("weights must rise from above 0%%, and %s%% follows %s%%"
                        .formatted(weights.get(i).value() * 100, before * 100));
            }
        }
    }

    /// How long a phase lasts at least.
    public sealed interface Hold {

        /// @param traceTime divided by the traffic's speed
        record For(Duration traceTime) implements Hold {
            public For {
                if (!traceTime.isPositive()) {
                    throw new IllegalArgumentException("hold must be > 0, got " + traceTime);
                }
            }
        }

        /// @param count requests that ended since the phase began
        record Requests(long count) implements Hold {
            public Requests {
                if (count < 1) {
                    throw new IllegalArgumentException("hold must be at least 1 request, got " + count);
                }
            }
        }
    }

    /// What stays on the provider that it was first given to.
    public enum Sticky {
        CONVERSATION,
        REQUEST
    }

    public enum Decider {
        /// The evidence of the run so far: rolls back as soon as it says so, holds while it is in doubt.
        EVIDENCE,
        /// Nothing but the time.
        CALENDAR,
        /// A person at the terminal, with the evidence before them; the evidence may still roll back.
        MANUAL
    }

    /// Ratios of odds, new to old, up to which the new provider counts as no worse.
    ///
    /// @param errors of a conversation having an error
    /// @param slow of a conversation having an answer slower than 95 % of the old provider's before the rollout
    public record Tolerated(double errors, double slow) {
        public static final Tolerated DEFAULT = new Tolerated(1, 2);

        public Tolerated {
            if (!(errors >= 1 && errors <= 100)) {
                throw new IllegalArgumentException("errors must be 1x to 100x, got " + errors + "x");
            }
            if (!(slow >= 1 && slow <= 100)) {
                throw new IllegalArgumentException("slow must be 1x to 100x, got " + slow + "x");
            }
        }
    }
}
