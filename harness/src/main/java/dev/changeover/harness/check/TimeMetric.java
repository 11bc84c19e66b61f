package dev.changeover.harness.check;

import dev.changeover.harness.scenario.Metric;
import java.util.Optional;

/// A metric that is a quantile of a time.
public record TimeMetric(Measure measure, double p) {

    public static Optional<TimeMetric> of(Metric metric) {
        return switch (metric) {
            case LATENCY_P50 -> quantile(Measure.LATENCY, 0.5);
            case LATENCY_P95 -> quantile(Measure.LATENCY, 0.95);
            case LATENCY_P99 -> quantile(Measure.LATENCY, 0.99);
            case TTFT_P50 -> quantile(Measure.TTFT, 0.5);
            case TTFT_P95 -> quantile(Measure.TTFT, 0.95);
            case TTFT_P99 -> quantile(Measure.TTFT, 0.99);
            case ITL_P95 -> quantile(Measure.ITL, 0.95);
            case TPOT_P50 -> quantile(Measure.TPOT, 0.5);
            case TPOT_P95 -> quantile(Measure.TPOT, 0.95);
            case LATENCY_MEAN,
                    ERROR_RATE,
                    ERROR_RATE_STEADY,
                    ERROR_RATE_FAULT,
                    AVAILABILITY,
                    GOODPUT,
                    LOST,
                    DUPLICATED,
                    ORPHANED,
                    RETRY_AMPLIFICATION,
                    RECOVERY_TIME,
                    DETECTION_TIME,
                    COST_PER_REQUEST,
                    COUNTED_RATIO,
                    FAILBACK_TIME,
                    ROLLBACK_TIME,
                    MISANSWERED,
                    HOPS,
                    FALSE_GREEN,
                    ALERT_DELAY,
                    IN_FLIGHT,
                    ROLLOUT_SHARE -> Optional.empty();
        };
    }

    private static Optional<TimeMetric> quantile(Measure measure, double p) {
        return Optional.of(new TimeMetric(measure, p));
    }
}
