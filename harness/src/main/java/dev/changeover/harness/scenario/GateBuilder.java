package dev.changeover.harness.scenario;

import dev.changeover.harness.scenario.GateSpec.Limit;
import dev.changeover.harness.units.Durations;
import dev.changeover.harness.units.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the gates of one metric: a margin and a limit are two.
final class GateBuilder {

    private final ScenarioBuilder builder;
    private final Objectives objectives;

    GateBuilder(ScenarioBuilder builder, Objectives objectives) {
        this.builder = builder;
        this.objectives = objectives;
    }

    List<GateSpec> build(Metric metric, Fields fields) {
        List<Limit> limits = new ArrayList<>();
        fields.find("margin", Scalars.Margin.class)
                .flatMap(asked -> margin(metric, asked, fields))
                .ifPresent(limits::add);
        limit(fields, "max").map(Limit.Max::new).ifPresent(limits::add);
        limit(fields, "min").map(Limit.Min::new).ifPresent(limits::add);
        if (fields.usable() && !fields.has("margin") && limits.isEmpty()) {
            builder.problem(fields.place(), metric.word() + " asks for nothing", "give it a max, a min or a margin");
        }
        boolean required = !fields.find("advisory", Boolean.class).orElse(false);
        return limits.stream()
                .flatMap(limit -> builder.make(fields, () -> new GateSpec(metric, limit, required)).stream())
                .toList();
    }

    private Optional<Limit> margin(Metric metric, Scalars.Margin asked, Fields fields) {
        if (asked.value().isPresent()) {
            return builder.make(fields, () -> new Limit.Margin(asked.value().getAsDouble(), 0));
        }
        Optional<Limit> margin = defaultMargin(metric);
        if (margin.isEmpty()) {
            builder.problem(
                    fields.placeOf("margin"),
                    "no default margin for %s without an objective to protect".formatted(metric.word()),
                    "set objectives.%s, or write the margin".formatted(objectiveOf(metric)));
        }
        return margin;
    }

    /// The table of STATISTICS: relative margins with a floor of a tenth of the objective, a quarter for errors.
    private Optional<Limit> defaultMargin(Metric metric) {
        return switch (metric) {
            case LATENCY_P50 -> time(0.10, objectives.latency());
            case LATENCY_P95 -> time(0.15, objectives.latency());
            case LATENCY_P99 -> time(0.25, objectives.latency());
            case TTFT_P50 -> time(0.10, objectives.ttft());
            case TTFT_P95 -> time(0.20, objectives.ttft());
            case TTFT_P99 -> time(0.25, objectives.ttft());
            case ERROR_RATE, ERROR_RATE_STEADY ->
                objectives
                        .errorRate()
                        .map(Share::value)
                        .filter(share -> share > 0)
                        .map(share -> new Limit.Margin(share / 4, 0));
            case COST_PER_REQUEST -> Optional.of(new Limit.Margin(0.05, 0));
            case LATENCY_MEAN,
                    ITL_P95,
                    TPOT_P50,
                    TPOT_P95,
                    ERROR_RATE_FAULT,
                    AVAILABILITY,
                    GOODPUT,
                    LOST,
                    DUPLICATED,
                    ORPHANED,
                    RETRY_AMPLIFICATION,
                    RECOVERY_TIME,
                    DETECTION_TIME,
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

    private static String objectiveOf(Metric metric) {
        if (metric.unit() == Metric.Unit.SHARE) {
            return "error_rate";
        }
        return metric.word().startsWith("ttft") ? "ttft" : "latency";
    }

    private static Optional<Limit> time(double relative, Optional<Duration> objective) {
        return objective.map(time -> new Limit.Margin(relative, Durations.millis(time) / 10));
    }

    /// In the metric's unit.
    private static Optional<Double> limit(Fields fields, String key) {
        return Optional.ofNullable(fields.values().get(key)).map(Scalars::number);
    }
}
