package dev.changeover.harness.measurement;

import dev.changeover.harness.scenario.FittedProfile;
import dev.changeover.harness.scenario.FittedProfile.Play;
import dev.changeover.harness.scenario.FittedProfile.Written;
import dev.changeover.harness.scenario.SimulatedProfile.Limits;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.wire.ErrorKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// A provider like the measured one: what it answers, and how like it is.
public final class Fit {

    /// Fewer served calls than this are not fitted to.
    public static final int FEWEST = 20;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double Z99 = NORMAL.inverseCumulativeProbability(0.99);
    private static final Failure WRITTEN_ERROR =
            new Failure(ErrorKind.SERVER_ERROR, OptionalInt.of(500), OptionalLong.empty());

    private final FittedProfile profile;
    private final Measurement measurement;
    private final Distribution distribution;
    private final Optional<Incident> incident;
    private final RequestLimit limit;

    private Fit(FittedProfile profile, Measurement measurement) {
        this.profile = profile;
        this.measurement = measurement;
        this.limit = RequestLimit.of(measurement);
        List<Failure> failures = measurement.failed().stream()
                .map(call -> call.failure().orElseThrow())
                .filter(failure -> !(limit instanceof RequestLimit.Told) || failure.kind() != ErrorKind.RATE_LIMITED)
                .toList();
        this.distribution = new Distribution(measurement.served(), failures);
        this.incident = switch (profile.play()) {
            case Play.Distribution _ -> Optional.empty();
            case Play.Incident play -> Optional.of(new Incident(measurement.calls(), play, distribution.usualPace()));
        };
    }

    /// Reads what a profile is fitted to.
    ///
    /// @throws TraceException when the file cannot be read, or does not tell enough
    public static Fit of(FittedProfile profile) {
        return of(profile, Measurements.read(profile.measured()));
    }

    static Fit of(FittedProfile profile, Measurement measurement) {
        int served = measurement.served().size();
        if (served < FEWEST) {
            throw refusal(
                    measurement,
                    "has %d served calls with a time to first token, and a fit takes %d%s"
                            .formatted(
                                    served,
                                    FEWEST,
                                    measurement.leftOut().isEmpty() ? "" : "; left out: " + measurement.leftOut()),
                    "measure more, or use a named profile");
        }
        if (profile.play() instanceof Play.Incident && !measurement.timed()) {
            throw refusal(
                    measurement,
                    "has calls without times, so what was when cannot be played",
                    "take 'play: incident' out, or name a file with times");
        }
        return new Fit(profile, measurement);
    }

    private static TraceException refusal(Measurement measurement, String what, String remedy) {
        return new TraceException(measurement.file(), 0, what, remedy);
    }

    /// @param address of the request; out of a distribution it gets the same whenever it comes
    /// @param runNanos since the run's t0, for incidents
    public Drawn draw(long address, long runNanos) {
        Drawn measured = incident.map(now -> now.draw(address, runNanos)).orElseGet(() -> distribution.draw(address));
        Written written = profile.written();
        return new Drawn(
                written.ttftP50().map(p50 -> ttft(p50, address)).orElse(measured.ttftNanos()),
                written.tokensPerSecond().isPresent()
                        ? 1e9
                                / (written.tokensPerSecond().getAsDouble()
                                        * Math.exp(written.jitter() * normal(address, 12)))
                        : measured.nanosPerToken(),
                measured.tokens(),
                written.errors().map(share -> error(share, address)).orElse(measured.failure()));
    }

    /// Those of the scenario, else what the refusals tell; an incident brings its refusals along.
    public Limits limits() {
        Limits told = limit instanceof RequestLimit.Told(int rpm) && incident.isEmpty()
                ? new Limits(OptionalInt.of(rpm), OptionalLong.empty(), OptionalInt.empty())
                : Limits.NONE;
        return profile.written().limits().orElse(told);
    }

    public FittedProfile profile() {
        return profile;
    }

    public FitSummary summary() {
        return FitSummary.of(this);
    }

    /// How long a run takes to reach the end of an incident; empty where none is played.
    public Optional<Duration> incidentLength() {
        return incident.map(played -> Duration.ofNanos((long) played.runNanos()));
    }

    Measurement measurement() {
        return measurement;
    }

    Distribution distribution() {
        return distribution;
    }

    RequestLimit limit() {
        return limit;
    }

    private double ttft(Duration p50, long address) {
        double ratio = profile.written()
                .ttftP99()
                .map(p99 -> (double) p99.toNanos() / p50.toNanos())
                .orElseGet(() -> distribution.ttft().at(0.99)
                        / Math.max(1, distribution.ttft().at(0.5)));
        return p50.toNanos() * Math.exp(Math.log(Math.max(1, ratio)) / Z99 * normal(address, 11));
    }

    private static Optional<Failure> error(Share share, long address) {
        return Distribution.unit(address, 13) < share.value() ? Optional.of(WRITTEN_ERROR) : Optional.empty();
    }

    private static double normal(long address, long draw) {
        return NORMAL.inverseCumulativeProbability(Math.max(Distribution.unit(address, draw), 1e-15));
    }
}
