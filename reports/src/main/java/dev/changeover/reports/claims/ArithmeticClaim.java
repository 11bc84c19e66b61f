package dev.changeover.reports.claims;

import dev.changeover.harness.scenario.Claim;
import dev.changeover.reports.claims.ClaimResult.Status;
import dev.changeover.reports.claims.Expression.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;

/// Decides a claim by arithmetic, and shows it.
final class ArithmeticClaim {

    private static final BigFraction TWICE = BigFraction.of(2);
    private static final BigFraction HALF = BigFraction.of(1, 2);

    private final Claim claim;
    private final Claim.Test.Arithmetic test;
    private final KnownValues known;

    ArithmeticClaim(Claim claim, Claim.Test.Arithmetic test, KnownValues known) {
        this.claim = claim;
        this.test = test;
        this.known = known;
    }

    ClaimResult decide() {
        Expression expression;
        try {
            expression = ExpressionReader.read(test.compute());
        } catch (ExpressionException e) {
            return ClaimResult.notTestable(claim, "'%s' cannot be read: %s".formatted(test.compute(), e.getMessage()));
        }
        return switch (expression.evaluate(known)) {
            case Result.Value result -> decided(expression, result.value());
            case Result.Unknown unknown ->
                ClaimResult.notTestable(
                        claim,
                        "%s: %s has no value, for %s"
                                .formatted(expression.written(), unknown.name().word(), unknown.why()));
            case Result.DividesByZero _ ->
                ClaimResult.notTestable(claim, working(expression) + ", which divides by zero");
        };
    }

    private ClaimResult decided(Expression expression, BigFraction value) {
        BigFraction said = ExpressionReader.fraction(test.value());
        BigFraction difference = value.subtract(said);
        BigFraction allowed = ExpressionReader.fraction(test.tolerance()).multiply(said.abs());
        boolean holds = switch (test.relation()) {
            case EQUALS -> difference.abs().compareTo(allowed) <= 0;
            case MAX -> difference.signum() <= 0;
            case MIN -> difference.signum() >= 0;
        };
        String line = "%s%s; the claim says %s%s%s%s"
                .formatted(
                        working(expression, Decimals.of(value)),
                        unit(),
                        relation(),
                        Decimals.of(said),
                        unit(),
                        holds && test.relation() != Claim.Relation.EQUALS
                                ? ""
                                : compared(said, value, difference.signum() != 0 && holds));
        return new ClaimResult(
                claim, holds ? Status.SUPPORTED : Status.REFUTED, Optional.of(Decimals.decimal(value)), line);
    }

    /// `10M * new.output / 1M = 10000000 x 0.42 / 1000000 = 4.2`, each step once.
    private String working(Expression expression, String... value) {
        List<String> steps = new ArrayList<>(List.of(expression.written()));
        steps.add(expression.filled(known));
        steps.addAll(List.of(value));
        for (int i = steps.size() - 1; i > 0; i--) {
            if (steps.get(i).replace(" x ", " * ").equals(steps.get(i - 1).replace(" x ", " * "))) {
                steps.remove(i);
            }
        }
        return String.join(" = ", steps);
    }

    private String unit() {
        return test.unit().map(unit -> " " + unit).orElse("");
    }

    private String relation() {
        return switch (test.relation()) {
            case EQUALS -> "";
            case MAX -> "at most ";
            case MIN -> "at least ";
        };
    }

    /// What was said beside what it comes to: `, 1000 times as much`.
    private String compared(BigFraction said, BigFraction value, boolean within) {
        if (said.equals(value)) {
            return "";
        }
        if (value.signum() == 0 || said.signum() == 0 || value.signum() != said.signum()) {
            return "";
        }
        BigFraction times = said.divide(value);
        if (times.compareTo(TWICE) >= 0) {
            return ", %s times as much".formatted(Decimals.coarse(times));
        }
        if (times.compareTo(HALF) <= 0) {
            return ", %s times less".formatted(Decimals.coarse(BigFraction.ONE.divide(times)));
        }
        BigFraction percent = times.subtract(BigFraction.ONE).multiply(100);
        return ", %s %% %s%s"
                .formatted(
                        Decimals.coarse(percent.abs()),
                        percent.signum() > 0 ? "more" : "less",
                        within && test.relation() == Claim.Relation.EQUALS
                                ? ", within the %s %% allowed"
                                        .formatted(Decimals.of(ExpressionReader.fraction(test.tolerance())
                                                .multiply(100)))
                                : "");
    }
}
