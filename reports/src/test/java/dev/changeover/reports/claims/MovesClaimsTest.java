package dev.changeover.reports.claims;

import static dev.changeover.harness.scenario.Claim.Relation.EQUALS;
import static dev.changeover.harness.scenario.Claim.Relation.MAX;
import static dev.changeover.harness.scenario.Claim.Relation.MIN;
import static dev.changeover.reports.claims.ClaimResult.Status.REFUTED;
import static dev.changeover.reports.claims.ClaimResult.Status.SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.Claim;
import dev.changeover.harness.scenario.Claim.Relation;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.reports.claims.ClaimResult.Status;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every sum of the five moves, and every contradiction that a sum can show, each as a claim.
class MovesClaimsTest {

    /// GPT-4.1 left for DeepSeek V3.2, USD for a million tokens.
    private static final Books ANOTHER_MODEL = Books.of("2", "8.00", "0.28", "0.42");

    /// The same prices on both sides.
    private static final Books SAME_PRICES = Books.of("2", "8.00", "2", "8.00");

    private static final Books CREDITED = SAME_PRICES.exchange("0.14084507", "1");

    private record Told(
            String move,
            String says,
            Books books,
            String compute,
            Relation relation,
            String value,
            String tolerance,
            Status status,
            String inWorking) {

        @Override
        public String toString() {
            return move + ": " + says;
        }
    }

    private static final Told[] EDGE_CHAT = {
        told("A", "500 -> 75 USD a month, 85 % less", ANOTHER_MODEL, "1 - 75 / 500", EQUALS, "0.85", SUPPORTED, "0.85"),
        told(
                "A",
                "75 of 500 USD, same model",
                SAME_PRICES,
                "500 * new.output / old.output",
                EQUALS,
                "75",
                REFUTED,
                "500"),
        near(
                "A",
                "75 USD by the credit alone",
                CREDITED,
                "500 * exchange.rate / exchange.credited",
                "75",
                "0.1",
                "70.422"),
        told("A", "mean of 45 ms, 1 in 100 takes 10 s", ANOTHER_MODEL, "1% * 10k", MAX, "45", REFUTED, "100"),
        told("A", "30 s of patience here, 60 s there", ANOTHER_MODEL, "60 / 30", EQUALS, "1", REFUTED, "2"),
    };

    private static final Told[] SINGLE_PROVIDER_COLLAPSE = {
        told(
                "B",
                "10M tokens cost 4,200 USD",
                ANOTHER_MODEL,
                "10M * new.output / 1M",
                EQUALS,
                "4200",
                REFUTED,
                "10M * new.output / 1M = 10000000 x 0.42 / 1000000 = 4.2; the claim says 4200, 1000 times as much"),
        told("B", "15 % of before", SAME_PRICES, "new.output / old.output", EQUALS, "0.15", REFUTED, "8 / 8 = 1;"),
        told("B", "85 % saved", SAME_PRICES, "1 - new.output / old.output", EQUALS, "0.85", REFUTED, "1 - 8 / 8 = 0;"),
        told("B", "15 % left is 85 % saved", SAME_PRICES, "1 - 15%", EQUALS, "0.85", SUPPORTED, "1 - 0.15 = 0.85;"),
        told("B", "the fee saved is 85 %", SAME_PRICES, "1 - 1 / (1 + 3%)", EQUALS, "0.85", REFUTED, "about 0.0291262"),
        told(
                "B",
                "the fee saved is 2 to 3 %",
                SAME_PRICES,
                "1 - 1 / (1 + 3%)",
                MAX,
                "0.03",
                SUPPORTED,
                "about 0.0291262"),
        told("B", "up to 9 calls", SAME_PRICES, "3 * 3", EQUALS, "9", SUPPORTED, "3 * 3 = 9;"),
        told("B", "minutes for one request", SAME_PRICES, "3 * (3 * 30 + 2 * 2) / 60", MIN, "2", SUPPORTED, "4.7"),
    };

    private static final Told[] REGION_OUTAGE_FAILOVER = {
        near("C", "mean -57 %", ANOTHER_MODEL, "180 / 420 - 1", "-0.57", "0.01", "about -0.571429"),
        near("C", "p99 -66 %", ANOTHER_MODEL, "220 / 650 - 1", "-0.66", "0.01", "about -0.661538"),
        near("C", "cost -84 %", ANOTHER_MODEL, "680 / 4200 - 1", "-0.84", "0.01", "about -0.838095"),
        near("C", "errors -96 %", ANOTHER_MODEL, "0.03 / 0.8 - 1", "-0.96", "0.01", "-0.9625"),
        told("C", "3,520 a month", ANOTHER_MODEL, "4200 - 680", EQUALS, "3520", SUPPORTED, "3520"),
        told("C", "42,240 a year", ANOTHER_MODEL, "12 * 3520", EQUALS, "42240", SUPPORTED, "12 * 3520 = 42240;"),
        told("C", "36 million requests", ANOTHER_MODEL, "30 * 1.2M", EQUALS, "36000000", SUPPORTED, "36000000"),
        near(
                "C",
                "680 USD buys 45 tokens each",
                ANOTHER_MODEL,
                "680 / 36M / (new.output / 1M)",
                "45",
                "0.01",
                "44.9735"),
        near("C", "4 hours are 0.56 points", ANOTHER_MODEL, "4 / (30 * 24) * 100", "0.56", "0.01", "about 0.555556"),
        told("C", "99.97 % with 4 hours dark", ANOTHER_MODEL, "1 - 4 / (30 * 24)", MIN, "0.9997", REFUTED, "0.994444"),
        told("C", "99.97 % allows 4 hours", ANOTHER_MODEL, "(1 - 99.97%) * 30 * 24 * 60", MIN, "240", REFUTED, "12.96"),
        told("C", "errors are the downtime", ANOTHER_MODEL, "1 - 99.2%", EQUALS, "0.008", SUPPORTED, "0.008"),
        told("C", "and after it too", ANOTHER_MODEL, "1 - 99.97%", EQUALS, "0.0003", SUPPORTED, "0.0003"),
        near("C", "833 a minute", ANOTHER_MODEL, "1.2M / (24 * 60)", "833", "0.001", "about 833.333"),
        told(
                "C",
                "120 tokens a request",
                ANOTHER_MODEL,
                "100k / (1.2M / (24 * 60))",
                EQUALS,
                "120",
                SUPPORTED,
                "= 120;"),
        told("C", "below 50 ms, mean 180", ANOTHER_MODEL, "180", MAX, "50", REFUTED, "180; the claim says at most 50"),
    };

    private static final Books CUTOVER = Books.of("3", "15", "2", "8").migration("4", "100");

    private static final Told[] RELAY_CUTOVER = {
        near("D", "-85.5 %", CUTOVER, "412 / 2847 - 1", "-0.855", "0.001", "about -0.855286"),
        near("D", "mean -86 %", CUTOVER, "48 / 340 - 1", "-0.86", "0.01", "about -0.858824"),
        near("D", "p99 -85 %", CUTOVER, "185 / 1200 - 1", "-0.85", "0.01", "about -0.845833"),
        near("D", "errors -97 %", CUTOVER, "0.1 / 3.2 - 1", "-0.97", "0.01", "-0.96875"),
        near(
                "D",
                "GPT-4 -47 %",
                CUTOVER,
                "new.output / old.output - 1",
                "-0.47",
                "0.01",
                "8 / 15 - 1 = about -0.466667"),
        told(
                "D",
                "85.5 % for the same model",
                CUTOVER,
                "1 - new.output / old.output",
                EQUALS,
                "0.855",
                REFUTED,
                "0.466667"),
        told("D", "412 by the table", CUTOVER, "2847 * new.output / old.output", EQUALS, "412", REFUTED, "1518.4"),
        told("D", "2,435 a month", CUTOVER, "2847 - 412", EQUALS, "2435", SUPPORTED, "2435"),
        near("D", "81 a day", CUTOVER, "2435 / 30", "81", "0.01", "about 81.1667"),
        told(
                "D",
                "paid back on day one",
                CUTOVER,
                "migration.cost / (2435 / 30)",
                MAX,
                "1",
                REFUTED,
                "400 / (2435 / 30) = about 4.92813; the claim says at most 1, about 4.93 times less"),
        near("D", "five days", CUTOVER, "migration.cost / (2435 / 30)", "5", "0.02", "about 4.92813"),
        near(
                "D",
                "Sonnet 17 %",
                Books.of("3", "18", "3", "15"),
                "1 - new.output / old.output",
                "0.17",
                "0.02",
                "0.166667"),
        near(
                "D",
                "Flash 29 %",
                Books.of("1", "3.50", "1", "2.50"),
                "1 - new.output / old.output",
                "0.29",
                "0.02",
                "0.285714"),
        told(
                "D",
                "DeepSeek 85 %",
                Books.of("1", "2.80", "1", "0.42"),
                "1 - new.output / old.output",
                EQUALS,
                "0.85",
                SUPPORTED,
                "1 - 0.42 / 2.8 = 0.85;"),
        told(
                "D",
                "5 USD for 10,000 tokens",
                CUTOVER,
                "5 / new.output * 1M",
                EQUALS,
                "10000",
                REFUTED,
                "5 / 8 x 1000000 = 625000; the claim says 10000, 62.5 times less"),
        told("D", "mean 48 ms with failures", CUTOVER, "99.9% * 48 + 0.1% * 120k", MAX, "48", REFUTED, "167.952"),
        told("D", "two months in one bill", CUTOVER, "1", EQUALS, "2", REFUTED, "1; the claim says 2, 2 times as much"),
    };

    private static final Books INFERENCE = ANOTHER_MODEL.migration("8", "100");

    private static final Told[] INFERENCE_CUTOVER = {
        near("E", "p50 79 %", INFERENCE, "1 - 38 / 180", "0.79", "0.01", "about 0.788889"),
        near("E", "p95 89 %", INFERENCE, "1 - 48 / 450", "0.89", "0.01", "about 0.893333"),
        near("E", "price 95 %", INFERENCE, "1 - new.output / old.output", "0.95", "0.01", "1 - 0.42 / 8 = 0.9475"),
        told(
                "E",
                "95 % for the same model",
                INFERENCE,
                "1 - 8.00 / old.output",
                EQUALS,
                "0.95",
                REFUTED,
                "1 - 8 / 8 = 0;"),
        told(
                "E",
                "30M tokens for 2,400",
                INFERENCE,
                "30M * old.output / 1M",
                EQUALS,
                "2400",
                REFUTED,
                "30000000 x 8 / 1000000 = 240; the claim says 2400, 10 times as much"),
        told(
                "E",
                "30M tokens for 360",
                INFERENCE,
                "30M * old.output / 1M",
                EQUALS,
                "360",
                REFUTED,
                "= 240; the claim says 360, 50 % more"),
        told("E", "at most 240 by its list", INFERENCE, "30M * old.output / 1M", MAX, "240", SUPPORTED, "= 240;"),
        told("E", "80 USD per million", INFERENCE, "2400 / 30", EQUALS, "80", SUPPORTED, "= 80;"),
        told("E", "12 USD, dearest is 8", INFERENCE, "360 / 30", MAX, "8", REFUTED, "= 12;"),
        told("E", "85 % by the bills", INFERENCE, "1 - 360 / 2400", EQUALS, "0.85", SUPPORTED, "= 0.85;"),
        told(
                "E",
                "migration 800",
                INFERENCE,
                "migration.hours * migration.rate",
                EQUALS,
                "800",
                SUPPORTED,
                "8 x 100 = 800;"),
        told("E", "2,040 a month", INFERENCE, "2400 - 360", EQUALS, "2040", SUPPORTED, "= 2040;"),
        told("E", "24,480 a year", INFERENCE, "12 * (2400 - 360)", EQUALS, "24480", SUPPORTED, "= 24480;"),
        told(
                "E",
                "payback under 2 weeks",
                INFERENCE,
                "migration.cost / (2040 / 30)",
                MAX,
                "14",
                SUPPORTED,
                "about 11.7647"),
        told(
                "E",
                "first year 23,680",
                INFERENCE,
                "12 * 2040 - migration.cost",
                EQUALS,
                "23680",
                SUPPORTED,
                "12 x 2040 - 800 = 23680;"),
    };

    private static final Told[] COMMON = {
        near(
                "all",
                "85.9 % is the credit",
                CREDITED,
                "1 - exchange.rate / exchange.credited",
                "0.859",
                "0.001",
                "0.85915493"),
        near("all", "1 CNY for 1 USD", SAME_PRICES, "1 - 1 / 7.1", "0.859", "0.001", "about 0.859155"),
    };

    @ParameterizedTest
    @FieldSource({
        "EDGE_CHAT",
        "SINGLE_PROVIDER_COLLAPSE",
        "REGION_OUTAGE_FAILOVER",
        "RELAY_CUTOVER",
        "INFERENCE_CUTOVER",
        "COMMON"
    })
    void theSumIsDecidedAndItsNumberShown(Told told) {
        Scenario scenario = told.books.scenario(new Claim(
                told.says,
                new Claim.Test.Arithmetic(
                        told.compute,
                        told.relation,
                        new BigDecimal(told.value),
                        new BigDecimal(told.tolerance),
                        Optional.empty())));

        assertThat(ClaimProblems.of(scenario)).isEmpty();
        ClaimResult result = Claims.of(scenario, Map.of(), List.of()).getFirst();

        assertThat(result.status()).as(result.working()).isEqualTo(told.status);
        assertThat(result.working()).startsWith(told.compute).contains(told.inWorking);
    }

    private static Told told(
            String move,
            String says,
            Books books,
            String compute,
            Relation relation,
            String value,
            Status status,
            String inWorking) {
        return new Told(move, says, books, compute, relation, value, "0", status, inWorking);
    }

    private static Told near(
            String move, String says, Books books, String compute, String value, String tolerance, String inWorking) {
        return new Told(move, says, books, compute, EQUALS, value, tolerance, SUPPORTED, inWorking);
    }
}
