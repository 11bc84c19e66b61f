package dev.changeover.harness.check;

import dev.changeover.harness.units.Money;
import java.util.Optional;
import java.util.OptionalDouble;

/// Client side and provider side joined: what no client-side tool can see.
///
/// @param upstreamCalls that reached a provider for requests that count
/// @param lost sent, and neither answer nor error came back
/// @param duplicated requests that two or more calls answered
/// @param orphaned calls that generated an answer nobody got
/// @param wrongModel answers that name another model than was asked for
/// @param unattributed calls whose request is not known, because the gateway dropped the id
/// @param wastedCost of duplicates and orphans
/// @param retryAmplification attempts over requests; empty where attempts that died on the way cannot
/// be counted
public record LedgerSummary(
        long upstreamCalls,
        long lost,
        long duplicated,
        long orphaned,
        long wrongModel,
        long unattributed,
        Optional<Money> wastedCost,
        OptionalDouble retryAmplification) {

    /// Of a ledger that could not be read.
    static LedgerSummary unknown(long lost) {
        return new LedgerSummary(0, lost, 0, 0, 0, 0, Optional.empty(), OptionalDouble.empty());
    }
}
