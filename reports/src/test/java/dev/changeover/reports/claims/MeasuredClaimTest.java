package dev.changeover.reports.claims;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.gate.ClaimFinding;
import dev.changeover.harness.gate.Decision;
import dev.changeover.harness.gate.GateResult;
import dev.changeover.harness.scenario.Claim;
import dev.changeover.harness.scenario.Claim.Whose;
import dev.changeover.harness.scenario.GateSpec;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.reports.claims.ClaimResult.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MeasuredClaimTest {

    private static final GateSpec.Limit BELOW_50_MS = new GateSpec.Limit.Max(50);
    private static final Claim QUICK =
            new Claim("below 50 ms", new Claim.Test.Measured(Whose.NEW, Metric.LATENCY_MEAN, BELOW_50_MS));

    @Test
    void whatFailedAsAGateIsRefutedWithItsNumbers() {
        ClaimResult result = decide(Decision.FAIL, OptionalDouble.of(182.4567), OptionalDouble.of(180.1));

        assertThat(result.status()).isEqualTo(Status.REFUTED);
        assertThat(result.value()).hasValueSatisfying(v -> assertThat(v).isEqualByComparingTo("182.4567"));
        assertThat(result.working())
                .isEqualTo("latency_mean of the new provider was 182.5 ms, 95% bound 180.1 ms; the claim says at most"
                        + " 50 ms; n = 3,000; 3,000 looked at; by conversation");
    }

    @Test
    void whatPassedIsSupported() {
        assertThat(decide(Decision.PASS, OptionalDouble.of(42), OptionalDouble.of(45))
                        .status())
                .isEqualTo(Status.SUPPORTED);
    }

    @Test
    void whatIsNotSettledIsNotTestable() {
        ClaimResult result = decide(Decision.INCONCLUSIVE, OptionalDouble.of(49), OptionalDouble.of(58));

        assertThat(result.status()).isEqualTo(Status.NOT_TESTABLE);
        assertThat(result.working()).startsWith("not settled: latency_mean of the new provider was 49 ms");
        assertThat(decide(Decision.INCONCLUSIVE, OptionalDouble.empty(), OptionalDouble.empty())
                        .working())
                .isEqualTo("not settled: 3,000 looked at");
    }

    @Test
    void whatTheJudgeCouldNotMeasureSaysWhy() {
        ClaimResult result =
                decide(List.of(new ClaimFinding(QUICK, Optional.empty(), "The new provider was simulated.")));

        assertThat(result)
                .isEqualTo(new ClaimResult(
                        QUICK, Status.NOT_TESTABLE, Optional.empty(), "The new provider was simulated."));
        assertThat(decide(List.of()).status()).isEqualTo(Status.NOT_TESTABLE);
    }

    private static ClaimResult decide(Decision decision, OptionalDouble observed, OptionalDouble bound) {
        GateResult gate = new GateResult(
                new GateSpec(Metric.LATENCY_MEAN, BELOW_50_MS, true),
                decision,
                observed,
                bound,
                OptionalDouble.of(50),
                "ms",
                3_000,
                OptionalLong.empty(),
                "by conversation",
                "3,000 looked at");
        return decide(List.of(new ClaimFinding(QUICK, Optional.of(gate), "")));
    }

    private static ClaimResult decide(List<ClaimFinding> findings) {
        return Claims.of(Books.EMPTY.scenario(QUICK), Map.of(), findings).getFirst();
    }
}
