package dev.changeover.reports.roi;

import static dev.changeover.harness.units.Money.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.check.ArmSummary;
import dev.changeover.harness.scenario.Cost;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.reports.claims.Books;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoiTest {

    private static final Cost EIGHT_HOURS = cost(migration("8", "100"), Optional.empty(), Optional.empty());

    @Test
    void theInferenceCutoverPaysBackInTwelveDays() {
        Roi.Worked roi = worked(priced("USD", "USD").with(EIGHT_HOURS), Arms.costing("2400 USD", "360 USD"));

        assertThat(roi.saving()).isEqualTo(parse("2040 USD"));
        assertThat(roi.savingShare()).contains(new BigDecimal("0.85"));
        assertThat(roi.migration()).contains(parse("800 USD"));
        assertThat(rounded(roi.paybackDays())).isEqualTo("11.7647");
        assertThat(roi.firstYearNet()).contains(parse("23680 USD"));
        assertThat(roi.creditRule()).isEmpty();
    }

    @Test
    void theRelayCutoverIsNotPaidBackOnTheFirstDay() {
        Cost cost = cost(migration("4", "100"), Optional.empty(), Optional.empty());

        Roi.Worked roi = worked(priced("USD", "USD").with(cost), Arms.costing("2847 USD", "412 USD"));

        assertThat(rounded(roi.paybackDays())).isEqualTo("4.9281");
    }

    @Test
    void whoSavesNothingIsNeverPaidBack() {
        for (String dearer : new String[] {"2400 USD", "2400.01 USD"}) {
            Roi.Worked roi = worked(priced("USD", "USD").with(EIGHT_HOURS), Arms.costing("2400 USD", dearer));

            assertThat(roi.paybackDays()).isEmpty();
        }
        assertThat(worked(priced("USD", "USD").with(EIGHT_HOURS), Arms.costing("2400 USD", "2410 USD"))
                        .firstYearNet())
                .contains(parse("-920 USD"));
    }

    @Test
    void anOldProviderThatCostNothingHasNoShareToSave() {
        Roi.Worked roi = worked(priced("USD", "USD").with(EIGHT_HOURS), Arms.costing("0 USD", "360 USD"));

        assertThat(roi.savingShare()).isEmpty();
    }

    @Test
    void aMigrationThatNobodyPricedLeavesPaybackOpen() {
        Roi.Worked roi = worked(priced("USD", "USD").with(new Cost(1_000)), Arms.costing("2400 USD", "360 USD"));

        assertThat(roi.saving()).isEqualTo(parse("2040 USD"));
        assertThat(roi.paybackDays()).isEmpty();
        assertThat(roi.firstYearNet()).isEmpty();
    }

    @Test
    void theCreditRuleIsToldApartFromThePrices() {
        Cost cost = cost(Optional.empty(), Optional.of("USD"), exchange("0.14", "1"));

        Roi.Worked roi = worked(priced("USD", "CNY").with(cost), Arms.costing("1000 USD", "800 CNY"));

        assertThat(roi.next())
                .isEqualTo(new Bill(parse("800 CNY"), parse("112.00 USD"), Optional.of(parse("800 USD"))));
        assertThat(roi.saving()).isEqualTo(parse("888.00 USD"));
        assertThat(roi.creditRule()).contains(parse("688.00 USD"));
        assertThat(rounded(roi.creditRuleShare())).isEqualTo("0.7748");
        assertThat(roi.exchange()).isEqualTo(cost.exchange());
    }

    @Test
    void theCreditRuleMayBeTheWholeOfTheSaving() {
        Cost cost = cost(Optional.empty(), Optional.empty(), exchange("0.140845070422535211", "1"));

        Roi.Worked roi = worked(priced("USD", "CNY").with(cost), Arms.costing("500 USD", "500 CNY"));

        assertThat(rounded(roi.savingShare())).isEqualTo("0.8592");
        assertThat(roi.creditRuleShare()).hasValueSatisfying(s -> assertThat(s).isEqualByComparingTo("1"));
    }

    @Test
    void aRateWithoutACreditRuleOnlyConverts() {
        Cost cost = cost(Optional.empty(), Optional.of("USD"), exchange("0.14", ""));

        Roi.Worked roi = worked(priced("CNY", "CNY").with(cost), Arms.costing("1000 CNY", "500 CNY"));

        assertThat(roi.saving()).isEqualTo(parse("70.00 USD"));
        assertThat(roi.creditRule()).isEmpty();
    }

    @Test
    void twoBillsInOneCurrencyNeedNoRate() {
        Roi.Worked roi = worked(priced("CNY", "CNY").with(new Cost(1_000)), Arms.costing("1000 CNY", "500 CNY"));

        assertThat(roi.saving()).isEqualTo(parse("500 CNY"));
        assertThat(roi.exchange()).isEmpty();
    }

    @Test
    void whyThereIsNoneIsSaid() {
        Scenario priced = priced("USD", "CNY").with(EIGHT_HOURS).scenario();

        assertThat(RoiOf.run(Books.EMPTY.scenario(), Map.of())).isEqualTo(new Roi.NotAsked());
        assertThat(RoiOf.run(Books.EMPTY.with(EIGHT_HOURS).scenario(), Map.of()))
                .isEqualTo(new Roi.NotKnown("the old provider has no price"));
        assertThat(RoiOf.run(priced, Map.of("old", Arms.arm("1 USD"))))
                .isEqualTo(new Roi.NotKnown("no request was seen at the new provider to reckon from"));
        assertThat(RoiOf.run(priced, Arms.costing("1 USD", "1 CNY")))
                .isEqualTo(new Roi.NotKnown("the new provider bills in CNY, and cost.exchange gives no rate into USD"));
    }

    private static Books priced(String oldCurrency, String newCurrency) {
        return Books.EMPTY
                .with(Arm.OLD, Books.price("2", "8", oldCurrency))
                .with(Arm.NEW, Books.price("2", "8", newCurrency));
    }

    private static Roi.Worked worked(Books books, Map<String, ArmSummary> arms) {
        return (Roi.Worked) RoiOf.run(books.scenario(), arms);
    }

    private static Cost cost(
            Optional<Cost.Migration> migration, Optional<String> currency, Optional<Cost.Exchange> exchange) {
        return new Cost(1_000, migration, currency, exchange);
    }

    private static Optional<Cost.Migration> migration(String hours, String rate) {
        return Optional.of(new Cost.Migration(new BigDecimal(hours), new BigDecimal(rate)));
    }

    private static Optional<Cost.Exchange> exchange(String rate, String credited) {
        return Optional.of(new Cost.Exchange(
                "CNY",
                new BigDecimal(rate),
                LocalDate.of(2026, 1, 15),
                Optional.of(credited).filter(c -> !c.isEmpty()).map(BigDecimal::new)));
    }

    private static String rounded(Optional<BigDecimal> value) {
        return value.orElseThrow().setScale(4, RoundingMode.HALF_EVEN).toPlainString();
    }
}
