package dev.changeover.harness.wire;

import java.util.Optional;
import java.util.OptionalLong;

/// What one answer of a provider came to.
///
/// @param usage as the provider metered it
/// @param model as the provider named it
/// @param countedOutput tokens of content, reasoning and tool arguments by our own count; empty where no text came
/// @param error what went wrong, for people; keys in it are masked
public record Answer(
        Outcome outcome, Usage usage, Optional<String> model, OptionalLong countedOutput, Optional<String> error) {

    static Answer failed(ErrorKind kind, String error) {
        return new Answer(
                new Outcome.Failed(kind), Usage.UNKNOWN, Optional.empty(), OptionalLong.empty(), Optional.of(error));
    }
}
