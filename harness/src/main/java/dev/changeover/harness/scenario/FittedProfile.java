package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// A simulated provider whose numbers come from a measurement.
///
/// @param measured the calls that it is to resemble
/// @param play how they are played
/// @param written numbers of the scenario's own, which stand in place of measured ones
/// @param models served; empty: every name
/// @param key the only API key accepted; empty text: any or none
public record FittedProfile(Measured measured, Play play, Written written, Set<String> models, String key) {

    private static final double MOST_SPEED = 1_000;

    public FittedProfile {
        models = Set.copyOf(models);
    }

    /// Calls of a file.
    ///
    /// @param format its name; empty: told by the content
    /// @param arm of a history; no other file has any
    /// @param from where they begin, in the measurement's own time
    /// @param length empty: to the end
    public record Measured(
            Path file, Optional<String> format, Optional<Arm> arm, Duration from, Optional<Duration> length) {

        public Measured {
            if (from.isNegative()) {
                throw new IllegalArgumentException("window from must be >= 0, got " + from);
            }
            if (length.isPresent() && !length.get().isPositive()) {
                throw new IllegalArgumentException("window length must be > 0, got " + length.get());
            }
        }

        /// A whole file, in the format that its content tells.
        public static Measured all(Path file) {
            return new Measured(file, Optional.empty(), Optional.empty(), Duration.ZERO, Optional.empty());
        }

        /// Whether it is a part of the file only.
        public boolean windowed() {
            return from.isPositive() || length.isPresent();
        }
    }

    /// What is done with the measured calls.
    public sealed interface Play {

        /// Answers are drawn from all of them alike.
        record Distribution() implements Play {}

        /// Answers are drawn from those that were made about then.
        ///
        /// @param speed by which the measurement's time goes faster than the run's
        record Incident(double speed) implements Play {
            public Incident {
                if (!(speed > 0 && speed <= MOST_SPEED)) {
                    throw new IllegalArgumentException("speed must be above 0x and at most 1000x, got " + speed);
                }
            }
        }
    }

    /// Numbers as of [SimulatedProfile].
    ///
    /// @param ttftP99 empty: by the measured ratio of the two
    /// @param jitter of the rate that is written
    public record Written(
            Optional<Duration> ttftP50,
            Optional<Duration> ttftP99,
            OptionalDouble tokensPerSecond,
            double jitter,
            Optional<Share> errors,
            Optional<SimulatedProfile.Limits> limits) {

        public static final Written NOTHING = new Written(
                Optional.empty(), Optional.empty(), OptionalDouble.empty(), 0, Optional.empty(), Optional.empty());

        public Written {
            if (ttftP50.isPresent() && !ttftP50.get().isPositive()) {
                throw new IllegalArgumentException("ttft p50 must be > 0, got " + ttftP50.get());
            }
            if (ttftP99.isPresent() && (ttftP50.isEmpty() || ttftP99.get().compareTo(ttftP50.get()) < 0)) {
                throw new IllegalArgumentException(
                        "ttft p99 needs a p50 that it is not below; the measured one is not known here");
            }
            if (tokensPerSecond.isPresent()
                    && !(tokensPerSecond.getAsDouble() > 0 && tokensPerSecond.getAsDouble() <= 100_000)) {
                throw new IllegalArgumentException(
                        "tokens_per_second must be above 0 and at most 100000, got " + tokensPerSecond.getAsDouble());
            }
            if (!(jitter >= 0 && jitter <= 2)) {
                throw new IllegalArgumentException("jitter must be 0 to 2, got " + jitter);
            }
        }
    }
}
