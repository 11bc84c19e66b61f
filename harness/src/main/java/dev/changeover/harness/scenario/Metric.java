package dev.changeover.harness.scenario;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Every metric that a gate can be put on; a closed set, explained in `docs/gates.md`.
public enum Metric {
    LATENCY_MEAN(Unit.MILLIS, false),
    LATENCY_P50(Unit.MILLIS, true),
    LATENCY_P95(Unit.MILLIS, true),
    LATENCY_P99(Unit.MILLIS, true),
    TTFT_P50(Unit.MILLIS, true),
    TTFT_P95(Unit.MILLIS, true),
    TTFT_P99(Unit.MILLIS, true),
    ITL_P95(Unit.MILLIS, true),
    TPOT_P50(Unit.MILLIS, true),
    TPOT_P95(Unit.MILLIS, true),
    ERROR_RATE(Unit.SHARE, true),
    ERROR_RATE_STEADY(Unit.SHARE, true),
    ERROR_RATE_FAULT(Unit.SHARE, false),
    AVAILABILITY(Unit.SHARE, false),
    GOODPUT(Unit.PER_SECOND, false),
    LOST(Unit.REQUESTS, false),
    DUPLICATED(Unit.REQUESTS, false),
    ORPHANED(Unit.REQUESTS, false),
    RETRY_AMPLIFICATION(Unit.RATIO, false),
    RECOVERY_TIME(Unit.MILLIS, false),
    DETECTION_TIME(Unit.MILLIS, false),
    COST_PER_REQUEST(Unit.MONEY, true),
    COUNTED_RATIO(Unit.RATIO, false),
    FAILBACK_TIME(Unit.MILLIS, false),
    ROLLBACK_TIME(Unit.MILLIS, false),
    MISANSWERED(Unit.REQUESTS, false),
    HOPS(Unit.REQUESTS, false),
    FALSE_GREEN(Unit.SHARE, false),
    ALERT_DELAY(Unit.MILLIS, false),
    IN_FLIGHT(Unit.REQUESTS, false),
    ROLLOUT_SHARE(Unit.SHARE, false);

    public enum Unit {
        MILLIS("ms"),
        SHARE("share"),
        REQUESTS("requests"),
        PER_SECOND("requests/s"),
        RATIO("ratio"),
        MONEY("currency");

        private final String word;

        Unit(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    private final String word = name().toLowerCase(Locale.ROOT);
    private final Unit unit;
    private final boolean comparable;

    Metric(Unit unit, boolean comparable) {
        this.unit = unit;
        this.comparable = comparable;
    }

    /// Its name everywhere: `latency_p95`.
    public String word() {
        return word;
    }

    public Unit unit() {
        return unit;
    }

    /// Whether a margin between the arms can be put on it.
    public boolean comparable() {
        return comparable;
    }

    public static Optional<Metric> of(String word) {
        return Arrays.stream(values()).filter(m -> m.word.equals(word)).findFirst();
    }
}
