package dev.changeover.harness.scenario;

import dev.changeover.harness.scenario.FittedProfile.Measured;
import dev.changeover.harness.scenario.FittedProfile.Play;
import dev.changeover.harness.scenario.FittedProfile.Written;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalDouble;

/// Makes a simulated provider that is fitted to a measurement.
final class FittedBuilder {

    /// Of a rate that is written, where its jitter is not: as of most named profiles.
    private static final double USUAL_JITTER = 0.1;

    private final ScenarioBuilder builder;

    FittedBuilder(ScenarioBuilder builder) {
        this.builder = builder;
    }

    /// @param simulate whose profile is a table
    Optional<FittedProfile> build(Fields simulate) {
        Fields profile = simulate.value("profile", Fields.class);
        Optional<Measured> measured = profile.table("window")
                .filter(Fields::usable)
                .flatMap(window -> builder.make(profile, () -> measured(profile, window)));
        Optional<Play> play = builder.make(profile, () -> play(profile));
        return measured.isEmpty() || play.isEmpty()
                ? Optional.empty()
                : builder.make(
                        simulate,
                        () -> new FittedProfile(
                                measured.get(),
                                play.get(),
                                written(simulate),
                                new LinkedHashSet<>(simulate.list("models", String.class)),
                                simulate.find("key", String.class).orElse("")));
    }

    private static Measured measured(Fields profile, Fields window) {
        return new Measured(
                file(profile.value("from", String.class)),
                profile.find("format", String.class),
                profile.find("arm", Arm.class),
                window.value("from", Duration.class),
                window.find("length", Duration.class));
    }

    private static Path file(String written) {
        try {
            return Path.of(written);
        } catch (InvalidPathException _) {
            // told where paths are made absolute
            return Path.of("");
        }
    }

    private static Play play(Fields profile) {
        Optional<Double> speed = profile.find("speed", Double.class);
        if (profile.value("play", String.class).equals("incident")) {
            return new Play.Incident(speed.orElse(1.0));
        }
        if (speed.isPresent()) {
            throw new IllegalArgumentException("speed is of an incident; write play: incident, or take it out");
        }
        return new Play.Distribution();
    }

    private static Written written(Fields simulate) {
        Optional<Fields> ttft = simulate.table("ttft");
        Optional<Double> rate = simulate.find("tokens_per_second", Double.class);
        if (simulate.has("jitter") && rate.isEmpty()) {
            throw new IllegalArgumentException(
                    "jitter needs tokens_per_second beside it; the measured rates have their own");
        }
        return new Written(
                ttft.flatMap(t -> t.find("p50", Duration.class)),
                ttft.flatMap(t -> t.find("p99", Duration.class)),
                rate.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                simulate.find("jitter", Double.class).orElse(rate.isPresent() ? USUAL_JITTER : 0),
                simulate.find("errors", Share.class),
                simulate.table("limits").map(ProviderBuilder::limits));
    }
}
