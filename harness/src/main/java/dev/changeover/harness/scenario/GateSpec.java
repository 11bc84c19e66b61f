package dev.changeover.harness.scenario;

/// One thing that must hold for a GO.
///
/// @param required false: shown, and decides nothing
public record GateSpec(Metric metric, Limit limit, boolean required) {

    public GateSpec {
        if (limit instanceof Limit.Margin && !metric.comparable()) {
            throw new IllegalArgumentException("%s takes max or min, not a margin".formatted(metric.word()));
        }
    }

    /// `latency_p95.margin`: one metric may have a margin and a limit.
    public String id() {
        return metric.word() + "." + limit.word();
    }

    /// What is asked of the metric.
    public sealed interface Limit {

        String word();

        /// The new arm may be worse by less than this.
        ///
        /// @param value relative to old for times and cost (0.15 = 15 %), in points for shares (0.005 = 0.5 pp)
        /// @param floor in the metric's unit, below which no difference counts; zero but for default margins
        record Margin(double value, double floor) implements Limit {
            public Margin {
                if (!(value > 0)) {
                    throw new IllegalArgumentException("a margin must be > 0, got " + value);
                }
            }

            @Override
            public String word() {
                return "margin";
            }
        }

        /// @param value in the metric's unit
        record Max(double value) implements Limit {
            @Override
            public String word() {
                return "max";
            }
        }

        /// @param value in the metric's unit
        record Min(double value) implements Limit {
            @Override
            public String word() {
                return "min";
            }
        }
    }
}
