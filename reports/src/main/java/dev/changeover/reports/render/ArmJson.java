package dev.changeover.reports.render;

import dev.changeover.harness.check.ArmSummary;
import dev.changeover.harness.check.Quantiles;
import dev.changeover.harness.units.Money;

/// One side's part of `report.json`.
final class ArmJson {

    private static final int MILLIS = 3;
    private static final int FINE = 6;

    private ArmJson() {}

    static Json arm(ArmSummary arm) {
        Json errors = new Json();
        arm.errors().forEach((kind, count) -> {
            if (count > 0) {
                errors.put(kind.word(), count);
            }
        });
        return new Json()
                .put("requests", arm.requests())
                .put("served", arm.served())
                .put("cancelled", arm.cancelled())
                .put("errors", errors)
                .put("unknown", arm.unknown())
                .put("error_rate", arm.errorRate(), FINE)
                .put("error_rate_steady", arm.errorRateSteady(), FINE)
                .put("error_rate_fault", arm.errorRateFault(), FINE)
                .put("availability", arm.availability(), FINE)
                .put("goodput_per_second", arm.goodputPerSecond(), MILLIS)
                .put("latency_ms", quantiles(arm.latency()))
                .put("service_ms", quantiles(arm.service()))
                .put("ttft_ms", quantiles(arm.ttft()))
                .put("itl_ms", quantiles(arm.itl()))
                .put("tpot_ms", quantiles(arm.tpot()))
                .put("tokens", tokens(arm.tokens()))
                .put("served_by", arm.servedBy())
                .put("cost", arm.cost().map(ArmJson::cost));
    }

    static Json quantiles(Quantiles times) {
        return new Json()
                .put("count", times.count())
                .put("mean", times.mean(), MILLIS)
                .put("p50", times.p50(), MILLIS)
                .put("p90", times.p90(), MILLIS)
                .put("p95", times.p95(), MILLIS)
                .put("p99", times.p99(), MILLIS)
                .put("max", times.max(), MILLIS);
    }

    /// The amount as an exact decimal in a string.
    static Json money(Money money) {
        return new Json().put("amount", money.amount().toPlainString()).put("currency", money.currency());
    }

    private static Json tokens(ArmSummary.TokenTotals tokens) {
        return new Json()
                .put("input", tokens.input())
                .put("output", tokens.output())
                .put("cached", tokens.cached())
                .put("estimated", tokens.estimated())
                .put("counted_ratio", tokens.countedRatio(), FINE);
    }

    private static Json cost(ArmSummary.CostSummary cost) {
        return new Json()
                .put("total", money(cost.total()))
                .put("per_1k_requests", cost.perThousandRequests().map(ArmJson::money))
                .put("monthly", cost.monthly().map(ArmJson::money));
    }
}
