package dev.changeover.reports.roi;

import dev.changeover.harness.units.Money;
import java.util.Optional;

/// What one provider costs a month.
///
/// @param billed in the currency that the provider bills in
/// @param converted what leaves the account, in the report's currency, at the stated rate
/// @param atPar what it would be if the provider's credit were worth its face; empty where no credit rule applies
public record Bill(Money billed, Money converted, Optional<Money> atPar) {

    /// What it would be without a credit rule.
    Money listed() {
        return atPar.orElse(converted);
    }
}
