package dev.changeover.reports.claims;

import dev.changeover.harness.gate.ClaimFinding;
import dev.changeover.harness.gate.GateResult;
import dev.changeover.harness.scenario.Claim;
import dev.changeover.harness.scenario.Claim.Whose;
import dev.changeover.harness.scenario.GateSpec;
import dev.changeover.reports.claims.ClaimResult.Status;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Decides a claim by what the judge made of it: the claim as a gate.
final class MeasuredClaim {

    private static final MathContext SHOWN = new MathContext(4, RoundingMode.HALF_EVEN);

    private MeasuredClaim() {}

    static ClaimResult decide(ClaimFinding finding) {
        return finding.result()
                .map(result -> decide(finding.claim(), result))
                .orElseGet(() -> ClaimResult.notTestable(finding.claim(), finding.whyNot()));
    }

    private static ClaimResult decide(Claim claim, GateResult result) {
        Status status = switch (result.decision()) {
            case PASS -> Status.SUPPORTED;
            case FAIL -> Status.REFUTED;
            case INCONCLUSIVE -> Status.NOT_TESTABLE;
        };
        Optional<BigDecimal> value = result.observed().isPresent()
                ? Optional.of(
                        BigDecimal.valueOf(result.observed().getAsDouble()).round(new MathContext(9)))
                : Optional.empty();
        return new ClaimResult(claim, status, value, working(claim, result));
    }

    /// `latency_mean of the new provider was 182 ms, 95% bound 180 ms; the claim says at most 50 ms; n = 3,000; ...`
    private static String working(Claim claim, GateResult result) {
        String measured = "%s%s %s%s; the claim says %s %s"
                .formatted(
                        result.spec().metric().word(),
                        whose(claim),
                        result.observed().isPresent() ? "was " + shown(result, result.observed()) : "is beyond measure",
                        result.bound().isPresent() ? ", 95% bound " + shown(result, result.bound()) : "",
                        relation(result.spec().limit()),
                        shown(result, result.threshold()));
        String basis = String.format(Locale.ROOT, "n = %,d; %s; %s", result.n(), result.evidence(), result.method());
        return switch (result.decision()) {
            case PASS, FAIL -> measured + "; " + basis;
            case INCONCLUSIVE ->
                result.observed().isPresent()
                        ? "not settled: " + measured + "; " + basis
                        : "not settled: " + result.evidence();
        };
    }

    private static String whose(Claim claim) {
        return switch (claim.test()) {
            case Claim.Test.Measured test when test.of() == Whose.OLD -> " of the old provider";
            case Claim.Test.Measured test when test.of() == Whose.NEW -> " of the new provider";
            case Claim.Test.Measured _ -> ", as clients saw it,";
            case Claim.Test.Arithmetic _, Claim.Test.Untestable _ ->
                throw new IllegalArgumentException("not a measured claim: " + claim);
        };
    }

    private static String relation(GateSpec.Limit limit) {
        return switch (limit) {
            case GateSpec.Limit.Max _ -> "at most";
            case GateSpec.Limit.Min _ -> "at least";
            case GateSpec.Limit.Margin _ -> "worse by at most";
        };
    }

    private static String shown(GateResult result, OptionalDouble value) {
        if (value.isEmpty()) {
            return "nothing";
        }
        return switch (result.unit()) {
            case "share" -> plain(value.getAsDouble() * 100) + " %";
            case "ratio", "requests" -> plain(value.getAsDouble());
            default -> plain(value.getAsDouble()) + " " + result.unit();
        };
    }

    private static String plain(double value) {
        BigDecimal rounded = Double.isFinite(value) ? BigDecimal.valueOf(value).round(SHOWN) : null;
        return rounded == null ? "without end" : rounded.stripTrailingZeros().toPlainString();
    }
}
