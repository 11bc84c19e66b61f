package dev.changeover.toxics.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A fault that has a name: what it does, where it was seen, and its parameters.
///
/// @param name as written in a scenario, `region-outage` for example
/// @param does one sentence, present tense
/// @param seen one sentence on where the field met it
/// @param effect makes the effect from checked arguments; throws `IllegalArgumentException` quoting a bad value
public record CatalogFault(
        String name, String does, String seen, List<Parameter> parameters, Function<Arguments, FaultEffect> effect) {

    public CatalogFault {
        parameters = List.copyOf(parameters);
    }

    public Optional<Parameter> parameter(String parameterName) {
        return parameters.stream().filter(p -> p.name().equals(parameterName)).findFirst();
    }

    /// The effect with these parameters, by name as written (`latency` -> `2s`); those not given take their defaults.
    ///
    /// @throws IllegalArgumentException for an unknown parameter or a value that its kind refuses, quoting it
    public FaultEffect effectOf(Map<String, String> given) {
        return effect.apply(Arguments.of(this, given));
    }

    /// @param kind decides how its text is read
    /// @param fallback what it is when not given, as written
    public record Parameter(String name, Kind kind, String fallback, String means) {}

    public enum Kind {
        DURATION("a duration like 250ms, 2s or 4m"),
        SHARE("a percentage like 30%"),
        INTEGER("a whole number");

        private final String example;

        Kind(String example) {
            this.example = example;
        }

        public String example() {
            return example;
        }
    }
}
