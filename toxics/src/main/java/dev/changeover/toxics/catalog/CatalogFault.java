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
    /// @param fallback what it is when not given, as written; empty when it then asks for nothing
    public record Parameter(String name, Kind kind, Optional<String> fallback, String means) {

        static Parameter given(String name, Kind kind, String fallback, String means) {
            return new Parameter(name, kind, Optional.of(fallback), means);
        }

        static Parameter maybe(String name, Kind kind, String means) {
            return new Parameter(name, kind, Optional.empty(), means);
        }
    }

    /// How a parameter's value is written.
    public sealed interface Kind {

        /// How it may look, for people: `a duration like 250ms` for example.
        String example();
    }

    public enum Plain implements Kind {
        DURATION("a duration like 250ms, 2s or 4m"),
        SHARE("a percentage like 30%"),
        INTEGER("a whole number, 0 or more"),
        COUNT("a whole number, 1 or more"),
        RATE("a rate like 64KB/s, of 1,000 bytes"),
        TRUTH("true or false"),
        TEXT("a name");

        private final String example;

        Plain(String example) {
            this.example = example;
        }

        @Override
        public String example() {
            return example;
        }
    }

    /// One of these words.
    public record OneOf(List<String> words) implements Kind {
        public OneOf {
            words = List.copyOf(words);
        }

        @Override
        public String example() {
            return "one of " + String.join(", ", words);
        }
    }
}
