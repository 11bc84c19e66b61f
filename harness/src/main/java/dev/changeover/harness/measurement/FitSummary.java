package dev.changeover.harness.measurement;

import dev.changeover.harness.scenario.FittedProfile.Play;
import dev.changeover.harness.stats.KolmogorovSmirnov;
import dev.changeover.harness.units.Hash;
import dev.changeover.harness.wire.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// How well a provider is fitted to its measurement.
///
/// @param file its name
/// @param failed by kind
/// @param ttft in milliseconds
/// @param pace tokens a second; empty where no answer had two tokens
/// @param lognormal KS distance of the curve through the measured p50 and p99 of ttft, the one that named profiles
///     have: what a fit without the measurement's shape would come to
/// @param halves KS distance of ttft between the first half of the calls and the second
/// @param limit the requests a minute that the refusals tell of, or why none; in words, empty where none was met
/// @param warnings what may not be as it seems
public record FitSummary(
        String file,
        String sha256,
        String format,
        long calls,
        int served,
        SortedMap<String, Long> failed,
        String leftOut,
        Compared ttft,
        Optional<Compared> pace,
        OptionalDouble lognormal,
        double halves,
        String limit,
        List<String> warnings) {

    private static final int DRAWS = 10_000;
    private static final int FEW = 200;
    private static final double FAR = 0.1;
    private static final double Z99 = NormalDistribution.of(0, 1).inverseCumulativeProbability(0.99);

    /// A quantity as measured, and as drawn afresh.
    ///
    /// @param n measured
    /// @param distance of Kolmogorov and Smirnov
    public record Compared(int n, Quantiles measured, Quantiles simulated, double distance) {

        private static Compared of(double[] measured, double[] simulated) {
            return new Compared(
                    measured.length,
                    Quantiles.of(measured),
                    Quantiles.of(simulated),
                    KolmogorovSmirnov.distance(measured, simulated));
        }
    }

    public record Quantiles(double p50, double p95, double p99) {

        private static Quantiles of(double[] values) {
            Ordered ordered = new Ordered(values.clone());
            return new Quantiles(ordered.at(0.5), ordered.at(0.95), ordered.at(0.99));
        }
    }

    static FitSummary of(Fit fit) {
        Measurement measurement = fit.measurement();
        List<Drawn> draws = draws(fit);
        double[] ttft = fit.distribution().ttft().values();
        Compared first = Compared.of(
                millis(ttft),
                millis(draws.stream().mapToDouble(Drawn::ttftNanos).toArray()));
        double[] paces = perSecond(fit.distribution().pace().values());
        Optional<Compared> pace = paces.length < 2
                ? Optional.empty()
                : Optional.of(Compared.of(
                        paces,
                        perSecond(
                                draws.stream().mapToDouble(Drawn::nanosPerToken).toArray())));
        double halves = halves(measurement.served());
        FitSummary silent = new FitSummary(
                measurement.file().getFileName().toString(),
                measurement.sha256(),
                measurement.format(),
                measurement.usable(),
                ttft.length,
                byKind(measurement),
                measurement.leftOut(),
                first,
                pace,
                lognormal(fit.distribution().ttft()),
                halves,
                inWords(fit),
                List.of());
        return silent.with(silent.found(fit));
    }

    private FitSummary with(List<String> found) {
        return new FitSummary(
                file, sha256, format, calls, served, failed, leftOut, ttft, pace, lognormal, halves, limit, found);
    }

    /// Fresh draws of the seed 0, served; of an incident at the times of the measured calls.
    private static List<Drawn> draws(Fit fit) {
        List<Drawn> draws = new ArrayList<>();
        List<MeasuredCall> served = fit.measurement().served();
        double speed = fit.profile().play() instanceof Play.Incident(double times) ? times : 1;
        for (int i = 0; draws.size() < DRAWS; i++) {
            long at = served.get(i % served.size()).atNanos().orElse(0);
            Drawn drawn = fit.draw(Hash.mix(0, i), (long) (at / speed));
            if (drawn.failure().isEmpty() || i > 100 * DRAWS) {
                draws.add(drawn);
            }
        }
        return draws;
    }

    private static OptionalDouble lognormal(Ordered ttft) {
        double p50 = ttft.at(0.5);
        double sigma = Math.log(ttft.at(0.99) / Math.max(p50, 1)) / Z99;
        if (p50 < 1 || sigma < 1e-9) {
            return OptionalDouble.empty();
        }
        LogNormalDistribution curve = LogNormalDistribution.of(Math.log(p50), sigma);
        return OptionalDouble.of(KolmogorovSmirnov.distance(ttft.values(), curve::cumulativeProbability));
    }

    private static double halves(List<MeasuredCall> served) {
        int middle = served.size() / 2;
        return KolmogorovSmirnov.distance(
                ttfts(served.subList(0, middle)), ttfts(served.subList(middle, served.size())));
    }

    private static double[] ttfts(List<MeasuredCall> calls) {
        return calls.stream().mapToDouble(call -> call.ttftNanos().getAsLong()).toArray();
    }

    private static SortedMap<String, Long> byKind(Measurement measurement) {
        SortedMap<String, Long> kinds = new TreeMap<>();
        measurement
                .failed()
                .forEach(call -> kinds.merge(call.failure().orElseThrow().kind().word(), 1L, Long::sum));
        return kinds;
    }

    private static String inWords(Fit fit) {
        return switch (fit.limit()) {
            case RequestLimit.Told(int rpm) -> "%d requests a minute".formatted(rpm);
            case RequestLimit.Untold(var why) -> "cannot be told: " + why;
            case RequestLimit.NotMet _ -> "";
        };
    }

    private List<String> found(Fit fit) {
        List<String> found = new ArrayList<>(fit.measurement().notes());
        if (served < FEW) {
            found.add("%d served calls are few: its p99 is about its slowest call".formatted(served));
        }
        if (fit.measurement().sampled()) {
            found.add("fitted to an even sample of %,d calls".formatted(Measurement.MOST_CALLS));
        }
        if (!fit.measurement().timed()) {
            found.add("its calls have no times: it cannot be played as an incident, and limits cannot be told from it");
        }
        if (failed.containsKey(ErrorKind.RATE_LIMITED.word()) && fit.limit() instanceof RequestLimit.Untold) {
            found.add("which limit its refusals met %s; they strike at random here".formatted(limit));
        }
        boolean drawnAlike = fit.profile().play() instanceof Play.Distribution;
        if (drawnAlike && halves > Math.max(FAR, KolmogorovSmirnov.exceededOnceInAHundred(served / 2, served / 2))) {
            found.add("its first half and its second are KS %.2f apart: it was not one distribution%s"
                    .formatted(halves, fit.measurement().timed() ? "; play: incident keeps what was when" : ""));
        }
        if (ttft.distance() > FAR) {
            found.add("time to first token is KS %.2f from the measured one".formatted(ttft.distance()));
        }
        pace.filter(compared -> compared.distance() > FAR)
                .ifPresent(compared -> found.add(
                        "the rate of tokens is KS %.2f from the measured one".formatted(compared.distance())));
        return found;
    }

    private static double[] millis(double[] nanos) {
        double[] millis = new double[nanos.length];
        for (int i = 0; i < nanos.length; i++) {
            millis[i] = nanos[i] / 1e6;
        }
        return millis;
    }

    /// All at once is a million tokens a second.
    private static double[] perSecond(double[] nanosPerToken) {
        double[] rates = new double[nanosPerToken.length];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = 1e9 / Math.max(nanosPerToken[i], 1_000);
        }
        return rates;
    }
}
