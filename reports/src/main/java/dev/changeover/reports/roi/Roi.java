package dev.changeover.reports.roi;

import dev.changeover.harness.scenario.Cost;
import dev.changeover.harness.units.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/// What a change of provider costs and saves, exact in decimals: whoever shows it rounds it. Or why that is not known.
public sealed interface Roi {

    /// The scenario does not ask.
    record NotAsked() implements Roi {}

    /// @param why one clause
    record NotKnown(String why) implements Roi {}

    /// @param monthlyRequests the volume
    /// @param migration what the change costs; empty: the scenario does not say
    /// @param exchange the rate that was used; empty where none was needed
    record Worked(
            long monthlyRequests, Bill old, Bill next, Optional<Money> migration, Optional<Cost.Exchange> exchange)
            implements Roi {

        private static final BigDecimal DAYS_IN_A_MONTH = BigDecimal.valueOf(30);
        private static final BigDecimal MONTHS_IN_A_YEAR = BigDecimal.valueOf(12);

        /// A month, in the report's currency; negative when the new provider is dearer.
        public Money saving() {
            return old.converted().minus(next.converted());
        }

        /// Of the old bill, as a share; empty when that is nothing.
        public Optional<BigDecimal> savingShare() {
            return share(saving(), old.converted());
        }

        /// How much of the saving is nothing but the vendors' credit rule, in the report's currency; empty where there
        /// is none. More than the saving when the list prices are dearer.
        public Optional<Money> creditRule() {
            return old.atPar().isEmpty() && next.atPar().isEmpty()
                    ? Optional.empty()
                    : Optional.of(saving().minus(old.listed().minus(next.listed())));
        }

        /// The same as a share of the saving; empty too when nothing is saved.
        public Optional<BigDecimal> creditRuleShare() {
            return saving().amount().signum() > 0
                    ? creditRule().flatMap(rule -> share(rule, saving()))
                    : Optional.empty();
        }

        /// Migration over the saving of a day, of which a month has 30; empty when nothing is saved or the migration's
        /// cost is not known.
        public Optional<BigDecimal> paybackDays() {
            return saving().amount().signum() > 0
                    ? migration.map(cost ->
                            cost.amount().multiply(DAYS_IN_A_MONTH).divide(saving().amount(), MathContext.DECIMAL128))
                    : Optional.empty();
        }

        /// Twelve months' saving, less the migration.
        public Optional<Money> firstYearNet() {
            return migration.map(cost -> saving().times(MONTHS_IN_A_YEAR).minus(cost));
        }

        private static Optional<BigDecimal> share(Money part, Money whole) {
            return whole.amount().signum() == 0
                    ? Optional.empty()
                    : Optional.of(part.amount().divide(whole.amount(), MathContext.DECIMAL128));
        }
    }
}
