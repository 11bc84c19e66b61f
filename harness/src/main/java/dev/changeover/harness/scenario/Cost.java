package dev.changeover.harness.scenario;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/// What the service costs to run, and the change to make.
///
/// @param monthlyRequests volume that the run's cost per request is multiplied by
/// @param currency of the report; empty: that of the prices
/// @param exchange of a currency that a provider bills in, into that of the report
public record Cost(
        long monthlyRequests, Optional<Migration> migration, Optional<String> currency, Optional<Exchange> exchange) {

    public Cost {
        if (monthlyRequests <= 0) {
            throw new IllegalArgumentException("monthly_requests must be > 0, got " + monthlyRequests);
        }
    }

    public Cost(long monthlyRequests) {
        this(monthlyRequests, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// @param hours of work
    /// @param rate for an hour, in the report's currency
    public record Migration(BigDecimal hours, BigDecimal rate) {
        public Migration {
            if (hours.signum() < 0) {
                throw new IllegalArgumentException("hours must be >= 0, got " + hours);
            }
            if (rate.signum() < 0) {
                throw new IllegalArgumentException("rate must be >= 0, got " + rate);
            }
        }
    }

    /// @param from a currency
    /// @param rate what one of it is worth in the report's currency
    /// @param asOf the day of the rate
    /// @param credited what the vendor credits for one of it, when that is not its worth; shown apart from the rate
    public record Exchange(String from, BigDecimal rate, LocalDate asOf, Optional<BigDecimal> credited) {
        public Exchange {
            if (rate.signum() <= 0) {
                throw new IllegalArgumentException("rate must be > 0, got " + rate);
            }
        }
    }
}
