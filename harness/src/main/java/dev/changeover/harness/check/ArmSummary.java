package dev.changeover.harness.check;

import dev.changeover.harness.units.Money;
import dev.changeover.harness.wire.ErrorKind;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/// What one side did with the requests it was given: `old`, `new`, or `gateway` as its clients saw it.
///
/// @param unknown errors whose work may have been done and billed
/// @param latency from due to the last byte; served, plus the unknown censored at their deadline
/// @param service the same from when it was sent
/// @param servedBy by arm or by what the ledger calls it, how many requests it answered
public record ArmSummary(
        long requests,
        long served,
        long cancelled,
        SortedMap<ErrorKind, Long> errors,
        long unknown,
        OptionalDouble errorRate,
        OptionalDouble errorRateSteady,
        OptionalDouble errorRateFault,
        OptionalDouble availability,
        OptionalDouble goodputPerSecond,
        Quantiles latency,
        Quantiles service,
        Quantiles ttft,
        Quantiles itl,
        Quantiles tpot,
        TokenTotals tokens,
        SortedMap<String, Long> servedBy,
        Optional<CostSummary> cost) {

    /// @param estimated of the output tokens, how many are our own count because no usage came
    /// @param countedRatio usage over our own count, where both are there
    public record TokenTotals(long input, long output, long cached, long estimated, OptionalDouble countedRatio) {}

    /// @param monthly at the scenario's volume, where it gives one
    public record CostSummary(Money total, Optional<Money> perThousandRequests, Optional<Money> monthly) {}
}
