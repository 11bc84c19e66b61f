package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Money;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// What a run may cost and send: it refuses to start, and stops, past it.
///
/// @param maxRequests calls that reach real providers, whatever they are for
/// @param maxRate of calls to any one of them
public record Budget(Optional<Money> maxSpend, OptionalLong maxRequests, Optional<Rate> maxRate) {

    public Budget {
        if (maxSpend.isEmpty() && maxRequests.isEmpty() && maxRate.isEmpty()) {
            throw new IllegalArgumentException("budget needs max_spend, max_requests or max_rate");
        }
        if (maxSpend.filter(money -> money.amount().signum() < 0).isPresent()) {
            throw new IllegalArgumentException("max_spend must be >= 0, got " + maxSpend.get());
        }
        if (maxRequests.isPresent() && maxRequests.getAsLong() < 0) {
            throw new IllegalArgumentException("max_requests must be >= 0, got " + maxRequests.getAsLong());
        }
    }

    public Budget(Money maxSpend) {
        this(Optional.of(maxSpend), OptionalLong.empty(), Optional.empty());
    }

    /// So many calls in any span of this length.
    public record Rate(int calls, Duration span) {

        private static final int MOST = 1_000_000;

        public Rate {
            if (calls < 1 || calls > MOST) {
                throw new IllegalArgumentException("max_rate must be from 1 to %d, got %d".formatted(MOST, calls));
            }
        }

        /// Of `5/s` or `300/min`.
        ///
        /// @throws IllegalArgumentException quoting what is neither
        public static Rate parse(String text) {
            if (!text.matches("\\d{1,7}/(s|min)")) {
                throw new IllegalArgumentException("'%s' has no rate's form: calls, then /s or /min".formatted(text));
            }
            int slash = text.indexOf('/');
            Duration span = text.endsWith("/s") ? Duration.ofSeconds(1) : Duration.ofMinutes(1);
            return new Rate(Integer.parseInt(text.substring(0, slash)), span);
        }

        @Override
        public String toString() {
            return calls + (span.toSeconds() == 1 ? "/s" : "/min");
        }
    }
}
