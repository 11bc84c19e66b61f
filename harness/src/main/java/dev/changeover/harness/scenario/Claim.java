package dev.changeover.harness.scenario;

import java.math.BigDecimal;
import java.util.Optional;

/// A vendor's statement under test.
///
/// @param says as it was said
public record Claim(String says, Test test) {

    public Claim {
        if (says.isBlank()) {
            throw new IllegalArgumentException("says must not be blank");
        }
    }

    /// How it is decided.
    public sealed interface Test {

        /// By what the run measured.
        record Measured(Whose of, Metric metric, GateSpec.Limit limit) implements Test {}

        /// By arithmetic, exact in decimals.
        ///
        /// @param compute an expression like `10M * new.output / 1M`
        /// @param relation what the statement says of its value
        /// @param value that the statement gives
        /// @param tolerance relative, for `EQUALS`: 0.05 is 5 %
        /// @param unit of the value, for people; empty: none
        record Arithmetic(
                String compute, Relation relation, BigDecimal value, BigDecimal tolerance, Optional<String> unit)
                implements Test {}

        /// Not by this project.
        ///
        /// @param why one sentence
        record Untestable(String why) implements Test {}
    }

    /// What a measured claim is about.
    public enum Whose {
        OLD,
        NEW,
        /// What clients saw behind the gateway: the plan's doing, so that a drill may test it.
        GATEWAY
    }

    public enum Relation {
        EQUALS,
        MAX,
        MIN
    }
}
