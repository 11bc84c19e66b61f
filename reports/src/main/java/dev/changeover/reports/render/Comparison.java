package dev.changeover.reports.render;

import dev.changeover.harness.check.ArmSummary;
import dev.changeover.harness.check.Difference;
import dev.changeover.harness.gate.Judgement;
import dev.changeover.harness.scenario.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/// The before/after table: a row for each measure, a cell for each side that is there.
///
/// @param sides `old`, `new`, `gateway`, those that are there, in that order
/// @param compared whether rows have a change and its interval
record Comparison(List<String> sides, boolean compared, List<Row> rows) {

    private static final List<String> ORDER = List.of("old", "new", "gateway");

    private static final double HALF = 56;

    private static final List<Measure> MEASURES = List.of(
            plain("requests", arm -> Figures.count(arm.requests())),
            plain("served", arm -> Figures.count(arm.served())),
            share("error rate", Metric.ERROR_RATE, ArmSummary::errorRate),
            share("error rate, calm", Metric.ERROR_RATE_STEADY, ArmSummary::errorRateSteady),
            share("error rate, in faults", Metric.ERROR_RATE_FAULT, ArmSummary::errorRateFault),
            share("availability", Metric.AVAILABILITY, ArmSummary::availability),
            time("latency p50", Metric.LATENCY_P50, arm -> arm.latency().p50()),
            time("latency p95", Metric.LATENCY_P95, arm -> arm.latency().p95()),
            time("latency p99", Metric.LATENCY_P99, arm -> arm.latency().p99()),
            time("first token p50", Metric.TTFT_P50, arm -> arm.ttft().p50()),
            time("first token p95", Metric.TTFT_P95, arm -> arm.ttft().p95()),
            time("first token p99", Metric.TTFT_P99, arm -> arm.ttft().p99()),
            time("gap between chunks p95", Metric.ITL_P95, arm -> arm.itl().p95()),
            time("time per token p50", Metric.TPOT_P50, arm -> arm.tpot().p50()),
            plain("input tokens", arm -> Figures.count(arm.tokens().input())),
            plain("output tokens", arm -> Figures.count(arm.tokens().output())),
            new Measure(
                    "metered / counted tokens",
                    Optional.of(Metric.COUNTED_RATIO),
                    arm -> Figures.optional(arm.tokens().countedRatio(), r -> Figures.decimal(r, 3))),
            plain(
                    "cost of this run",
                    arm -> arm.cost().map(c -> Figures.money(c.total())).orElse(Figures.NONE)),
            new Measure(
                    "cost per 1,000 requests",
                    Optional.of(Metric.COST_PER_REQUEST),
                    arm -> arm.cost()
                            .flatMap(ArmSummary.CostSummary::perThousandRequests)
                            .map(Figures::money)
                            .orElse(Figures.NONE)),
            plain(
                    "cost per month",
                    arm -> arm.cost()
                            .flatMap(ArmSummary.CostSummary::monthly)
                            .map(Figures::money)
                            .orElse(Figures.NONE)));

    /// @param interval the two-sided 90 % interval of the change; empty when there is none
    /// @param drawn null when there is none
    record Row(String label, List<String> cells, String change, String interval, Drawn drawn) {}

    /// The interval as positions on a line 120 wide with no change at 60.
    record Drawn(String low, String change, String high) {}

    private record Measure(String label, Optional<Metric> metric, Function<ArmSummary, String> show) {}

    static Comparison of(Judgement judgement) {
        List<String> sides =
                ORDER.stream().filter(judgement.arms()::containsKey).toList();
        boolean compared =
                judgement.differences().stream().anyMatch(d -> d.change().isPresent());
        List<Row> rows = new ArrayList<>();
        for (Measure measure : MEASURES) {
            List<String> cells = sides.stream()
                    .map(side -> measure.show.apply(judgement.arms().get(side)))
                    .toList();
            if (cells.stream().anyMatch(cell -> !cell.equals(Figures.NONE))) {
                rows.add(row(measure, cells, judgement.differences()));
            }
        }
        return new Comparison(sides, compared, rows);
    }

    private static Row row(Measure measure, List<String> cells, List<Difference> differences) {
        Optional<Difference> difference = differences.stream()
                .filter(d -> measure.metric.filter(d.metric()::equals).isPresent())
                .findFirst();
        return new Row(
                measure.label,
                cells,
                difference.map(d -> change(d, d.change())).orElse(""),
                difference.map(Comparison::interval).orElse(""),
                difference.flatMap(d -> drawn(d, differences)).orElse(null));
    }

    /// To one scale for all that are relative, and another for all that are points.
    private static Optional<Drawn> drawn(Difference difference, List<Difference> all) {
        if (difference.change().isEmpty()
                || difference.low().isEmpty()
                || difference.high().isEmpty()) {
            return Optional.empty();
        }
        double widest = all.stream()
                .filter(d -> d.relative() == difference.relative()
                        && (d.relative()
                                || d.metric().unit() == difference.metric().unit()))
                .flatMapToDouble(d -> DoubleStream.concat(d.low().stream(), d.high().stream()))
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        double scale = widest > 0 ? HALF / widest : 0;
        return Optional.of(new Drawn(
                position(difference.low().getAsDouble(), scale),
                position(difference.change().getAsDouble(), scale),
                position(difference.high().getAsDouble(), scale)));
    }

    private static String position(double change, double scale) {
        return Figures.plain(60 + Math.clamp(change * scale, -HALF, HALF));
    }

    private static String change(Difference difference, OptionalDouble value) {
        String unit = difference.metric().unit().word();
        return value.isPresent() ? Figures.change(value.getAsDouble(), difference.relative(), unit) : "";
    }

    private static String interval(Difference difference) {
        String low = change(difference, difference.low());
        String high = change(difference, difference.high());
        return low.isEmpty() || high.isEmpty() ? "" : low + " to " + high;
    }

    private static Measure plain(String label, Function<ArmSummary, String> show) {
        return new Measure(label, Optional.empty(), show);
    }

    private static Measure share(String label, Metric metric, Function<ArmSummary, OptionalDouble> value) {
        return new Measure(label, Optional.of(metric), arm -> Figures.optional(value.apply(arm), Figures::share));
    }

    private static Measure time(String label, Metric metric, Function<ArmSummary, OptionalDouble> value) {
        return new Measure(label, Optional.of(metric), arm -> Figures.optional(value.apply(arm), Figures::millis));
    }
}
