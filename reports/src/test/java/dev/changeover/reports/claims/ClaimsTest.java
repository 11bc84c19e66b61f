package dev.changeover.reports.claims;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.Claim;
import dev.changeover.harness.scenario.Claim.Relation;
import dev.changeover.harness.scenario.Price;
import dev.changeover.harness.units.Arm;
import dev.changeover.reports.claims.ClaimResult.Status;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimsTest {

    private static final Books PRICED = Books.of("2", "8.00", "0.28", "0.42");

    @Test
    void aSumIsShownWithItsUnit() {
        ClaimResult result = decide(PRICED, claim("10M * new.output / 1M", Relation.EQUALS, "4200", "0.05", "USD"));

        assertThat(result.status()).isEqualTo(Status.REFUTED);
        assertThat(result.value()).contains(new BigDecimal("4.2"));
        assertThat(result.working())
                .isEqualTo("10M * new.output / 1M = 10000000 x 0.42 / 1000000 = 4.2 USD;"
                        + " the claim says 4200 USD, 1000 times as much");
    }

    @Test
    void theToleranceIsOfTheClaimAndItsEdgeIsInside() {
        assertThat(decide(PRICED, claim("95", Relation.EQUALS, "100", "0.05", ""))
                        .status())
                .isEqualTo(Status.SUPPORTED);
        assertThat(decide(PRICED, claim("94.999999999999", Relation.EQUALS, "100", "0.05", ""))
                        .status())
                .isEqualTo(Status.REFUTED);
        assertThat(decide(PRICED, claim("-105", Relation.EQUALS, "-100", "0.05", ""))
                        .status())
                .isEqualTo(Status.SUPPORTED);
        assertThat(decide(PRICED, claim("95", Relation.EQUALS, "100", "0.05", ""))
                        .working())
                .isEqualTo("95; the claim says 100, about 5.26 % more, within the 5 % allowed");
    }

    @Test
    void atMostAndAtLeastTakeNoTolerance() {
        assertThat(decide(PRICED, claim("51", Relation.MAX, "50", "0.05", "ms")).working())
                .isEqualTo("51 ms; the claim says at most 50 ms, about 1.96 % less");
        assertThat(decide(PRICED, claim("51", Relation.MAX, "50", "0.05", "")).status())
                .isEqualTo(Status.REFUTED);
        assertThat(decide(PRICED, claim("51", Relation.MIN, "51", "0", "")).status())
                .isEqualTo(Status.SUPPORTED);
        assertThat(decide(PRICED, claim("50", Relation.MIN, "51", "0", "")).status())
                .isEqualTo(Status.REFUTED);
    }

    @Test
    void pricesAreForAMillionTokensWhateverTheyWereGivenFor() {
        Price perThousand = new Price(new BigDecimal("0.002"), new BigDecimal("0.008"), "USD", 1_000, Optional.empty());
        assertThat(decide(
                                Books.EMPTY.with(Arm.OLD, perThousand),
                                claim("old.input + old.output", Relation.EQUALS, "10", "0", ""))
                        .working())
                .startsWith("old.input + old.output = 2 + 8 = 10;");
    }

    @Test
    void aNameWithoutAValueIsNotTestable() {
        ClaimResult result = decide(Books.EMPTY, claim("10M * new.output / 1M", Relation.EQUALS, "4200", "0", "USD"));

        assertThat(result.status()).isEqualTo(Status.NOT_TESTABLE);
        assertThat(result.value()).isEmpty();
        assertThat(result.working())
                .isEqualTo("10M * new.output / 1M: new.output has no value, for the new provider has no price");
    }

    @Test
    void whatOnlyTheRunCouldShowToBeZeroIsNotTestable() {
        Books free = Books.of("0", "0", "0", "0");

        assertThat(decide(free, claim("5 / new.output", Relation.MIN, "1", "0", ""))
                        .working())
                .isEqualTo("5 / new.output = 5 / 0, which divides by zero");
    }

    @Test
    void whatNobodyCanTestSaysWhy() {
        Claim claim = new Claim("three customers trust us again", new Claim.Test.Untestable("no harness sees trust"));

        assertThat(decide(PRICED, claim))
                .isEqualTo(new ClaimResult(claim, Status.NOT_TESTABLE, Optional.empty(), "no harness sees trust"));
    }

    @Test
    void everyProblemIsFoundBeforeTheRun() {
        List<String> problems = ClaimProblems.of(PRICED.scenario(
                claim("new.outptu * 2", Relation.MAX, "1", "0", ""),
                claim("old.monthly - new.monthly", Relation.MAX, "1", "0", ""),
                claim("1 / (old.output - 8)", Relation.MAX, "1", "0", ""),
                claim("migration.cost / 2", Relation.MAX, "1", "0", "")));

        assertThat(problems)
                .containsExactly(
                        "claims[0].compute: 'new.outptu * 2', at character 1: unknown name 'new.outptu'%n    did you mean 'new.output'?"
                                .formatted(),
                        "claims[2].compute: '1 / (old.output - 8)', at character 3: divides by zero%n    correct the expression"
                                .formatted());
    }

    @Test
    void aLongExpressionIsQuotedOnlyAboutThePlaceWhereItGoesWrong() {
        String many = "1 + ".repeat(50);

        assertThat(ClaimProblems.of(PRICED.scenario(claim(many + "wrong + " + many + "1", Relation.MAX, "1", "0", ""))))
                .singleElement()
                .asString()
                .contains("...", "at character 201: unknown name 'wrong'", " + wrong + ")
                .hasSizeLessThan(400);
    }

    private static ClaimResult decide(Books books, Claim claim) {
        return Claims.of(books.scenario(claim), Map.of(), List.of()).getFirst();
    }

    private static Claim claim(String compute, Relation relation, String value, String tolerance, String unit) {
        return new Claim(
                "it is so",
                new Claim.Test.Arithmetic(
                        compute,
                        relation,
                        new BigDecimal(value),
                        new BigDecimal(tolerance),
                        Optional.of(unit).filter(word -> !word.isEmpty())));
    }
}
