package dev.changeover.reports.render;

import dev.changeover.harness.scenario.Cost;
import dev.changeover.reports.roi.Bill;
import dev.changeover.reports.roi.Roi;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;

/// The return on the change in `report.json`: amounts in full.
final class RoiJson {

    private static final int FINE = 6;

    private RoiJson() {}

    static Json into(Json report, Roi roi) {
        return switch (roi) {
            case Roi.NotAsked _ -> report.put("roi", Optional.<Json>empty());
            case Roi.NotKnown notKnown ->
                report.put("roi", Optional.<Json>empty()).put("roi_not_known", notKnown.why());
            case Roi.Worked worked -> report.put("roi", worked(worked));
        };
    }

    private static Json worked(Roi.Worked roi) {
        return new Json()
                .put("monthly_requests", roi.monthlyRequests())
                .put("monthly_old", ArmJson.money(roi.old().converted()))
                .put("monthly_new", ArmJson.money(roi.next().converted()))
                .put("saving", ArmJson.money(roi.saving()))
                .put("saving_percent", percent(roi.savingShare()), FINE)
                .put("migration", roi.migration().map(ArmJson::money))
                .put("payback_days", number(roi.paybackDays()), FINE)
                .put("first_year_net", roi.firstYearNet().map(ArmJson::money))
                .put("credit_rule", roi.creditRule().map(ArmJson::money))
                .put("credit_rule_percent", percent(roi.creditRuleShare()), FINE)
                .put("exchange", roi.exchange().map(RoiJson::exchange))
                .put("bills", new Json().put("old", bill(roi.old())).put("new", bill(roi.next())));
    }

    private static Json bill(Bill bill) {
        return new Json()
                .put("billed", ArmJson.money(bill.billed()))
                .put("at_par", bill.atPar().map(ArmJson::money))
                .put("at_rate", ArmJson.money(bill.converted()));
    }

    private static Json exchange(Cost.Exchange exchange) {
        return new Json()
                .put("from", exchange.from())
                .put("rate", exchange.rate().toPlainString())
                .put("as_of", exchange.asOf().toString())
                .put(
                        "credited",
                        exchange.credited().map(BigDecimal::toPlainString).orElse(null));
    }

    private static OptionalDouble percent(Optional<BigDecimal> share) {
        return number(share.map(value -> value.movePointRight(2)));
    }

    private static OptionalDouble number(Optional<BigDecimal> value) {
        return value.map(v -> OptionalDouble.of(v.doubleValue())).orElse(OptionalDouble.empty());
    }
}
