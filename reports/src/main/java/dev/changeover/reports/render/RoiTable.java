package dev.changeover.reports.render;

import dev.changeover.harness.units.Money;
import dev.changeover.reports.render.HtmlReport.Fact;
import dev.changeover.reports.roi.Bill;
import dev.changeover.reports.roi.Roi;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The return on the change, rounded for people.
///
/// @param bills a month, old beside new
/// @param notKnown why there is none; empty when there is
record RoiTable(List<Row> bills, List<Fact> facts, String note, String notKnown) {

    record Row(String label, String old, String next) {}

    /// Empty when the scenario does not ask.
    static Optional<RoiTable> of(Roi roi) {
        return switch (roi) {
            case Roi.NotAsked _ -> Optional.empty();
            case Roi.NotKnown notKnown ->
                Optional.of(new RoiTable(List.of(), List.of(), "", "Not known: %s.".formatted(notKnown.why())));
            case Roi.Worked worked -> Optional.of(new RoiTable(bills(worked), facts(worked), note(worked), ""));
        };
    }

    private static List<Row> bills(Roi.Worked roi) {
        List<Row> rows = new ArrayList<>();
        roi.exchange().ifPresent(exchange -> {
            rows.add(row("billed", roi, bill -> Optional.of(bill.billed())));
            if (roi.creditRule().isPresent()) {
                rows.add(row("at par by the vendor’s credit", roi, Bill::atPar));
            }
        });
        String label = roi.exchange()
                .map(exchange -> "cost per month, at the rate of " + exchange.asOf())
                .orElse("cost per month");
        rows.add(row(label, roi, bill -> Optional.of(bill.converted())));
        return rows;
    }

    private static Row row(String label, Roi.Worked roi, Function<Bill, Optional<Money>> amount) {
        return new Row(label, money(amount.apply(roi.old())), money(amount.apply(roi.next())));
    }

    private static List<Fact> facts(Roi.Worked roi) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "saved per month",
                Figures.money(roi.saving())
                        + roi.savingShare()
                                .map(share -> ", " + Figures.share(share.doubleValue()) + " of the old cost")
                                .orElse("")));
        roi.creditRule()
                .ifPresent(rule -> facts.add(new Fact(
                        "of it, nothing but the credit rule",
                        Figures.money(rule)
                                + roi.creditRuleShare()
                                        .map(share -> ", " + Figures.share(share.doubleValue()) + " of the saving")
                                        .orElse(""))));
        roi.migration().ifPresent(cost -> facts.add(new Fact("migration, once", Figures.money(cost))));
        facts.add(new Fact("paid back after", payback(roi)));
        roi.firstYearNet().ifPresent(net -> facts.add(new Fact("first year, net", Figures.money(net))));
        return facts;
    }

    private static String payback(Roi.Worked roi) {
        if (roi.saving().amount().signum() <= 0) {
            return "never: nothing is saved";
        }
        return roi.paybackDays()
                .map(days -> Figures.decimal(days.doubleValue(), 1) + " days")
                .orElse("not known: the scenario gives no cost.migration");
    }

    private static String note(Roi.Worked roi) {
        String note = "At %s requests a month, each costing what one did in this run."
                .formatted(Figures.count(roi.monthlyRequests()));
        return roi.exchange()
                .map(exchange -> note
                        + " 1 %s is worth %s %s (%s)%s"
                                .formatted(
                                        exchange.from(),
                                        exchange.rate().toPlainString(),
                                        roi.saving().currency(),
                                        exchange.asOf(),
                                        exchange.credited()
                                                .map(credited ->
                                                        " and credited as %s %s. A vendor can end that on any day."
                                                                .formatted(
                                                                        credited.toPlainString(),
                                                                        roi.saving()
                                                                                .currency()))
                                                .orElse(".")))
                .orElse(note);
    }

    private static String money(Optional<Money> amount) {
        return amount.map(Figures::money).orElse(Figures.NONE);
    }
}
