package dev.changeover.benchmarks.replay;

import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/// What the provider saw, held against the schedule and against what the client says that it saw. In microseconds,
/// sorted.
///
/// @param latenessOfAll how long after it was due each request had been read by the provider
/// @param latenessOnceWarm the same of those after the warm-up
/// @param contentError how long after the first content was written the client says that it came
record Truth(double[] latenessOfAll, double[] latenessOnceWarm, double[] contentError) {

    /// A client that does not say when its schedule began gets the one that makes it least late.
    static Truth of(Load load, List<Mock.Arrival> arrivals, Map<String, Long> seen) {
        List<Mock.Arrival> known = arrivals.stream()
                .filter(arrival -> CallId.parse(arrival.id()).isPresent())
                .toList();
        long warmUpNanos = TimeUnit.SECONDS.toNanos(load.warmUpSeconds());
        long begun = seen.containsKey(Seen.T0)
                ? seen.get(Seen.T0) - warmUpNanos
                : known.stream()
                        .mapToLong(arrival -> arrival.arrivedNanos() - sinceBegin(load, arrival))
                        .min()
                        .orElse(0);
        List<Mock.Arrival> counting = known.stream().filter(Truth::counts).toList();
        ToDoubleFunction<Mock.Arrival> lateness =
                arrival -> (arrival.arrivedNanos() - begun - sinceBegin(load, arrival)) / 1e3;
        return new Truth(
                sorted(known, lateness),
                sorted(counting, lateness),
                sorted(
                        counting.stream()
                                .filter(arrival -> seen.containsKey(arrival.id()))
                                .toList(),
                        arrival -> (seen.get(arrival.id()) - arrival.firstContentNanos()) / 1e3));
    }

    /// When it was due by the schedule.
    private static long sinceBegin(Load load, Mock.Arrival arrival) {
        long number = CallId.parse(arrival.id()).orElseThrow().number();
        long before = counts(arrival) ? (long) load.rate() * load.warmUpSeconds() : 0;
        return (before + number) * TimeUnit.SECONDS.toNanos(1) / load.rate();
    }

    private static boolean counts(Mock.Arrival arrival) {
        return CallId.parse(arrival.id()).orElseThrow().purpose() == Purpose.REQUEST;
    }

    private static double[] sorted(List<Mock.Arrival> arrivals, ToDoubleFunction<Mock.Arrival> figure) {
        double[] figures = arrivals.stream().mapToDouble(figure).toArray();
        Arrays.sort(figures);
        return figures;
    }

    /// By nearest rank.
    static double quantile(double[] sorted, double q) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(q * sorted.length) - 1)];
    }
}
