package dev.changeover.harness.probe;

import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Usage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What came of one probe.
///
/// @param error empty: served
/// @param status empty: no answer came
/// @param asked the model that was asked for
/// @param finishReason as the provider said it
/// @param done whether a stream ended with `[DONE]`
/// @param counted tokens of what came, by our own count
/// @param chunks of a stream that carried something
/// @param form whether a tool's arguments, or an answer that should be JSON, are; of a simulated provider the tool's
/// @param rateHeaders names of headers that tell of limits, in small letters
/// @param said what was wrong, in the provider's words
public record ProbeAnswer(
        Optional<ErrorKind> error,
        OptionalInt status,
        String asked,
        Optional<String> model,
        Optional<String> finishReason,
        boolean done,
        Usage usage,
        OptionalLong counted,
        OptionalLong firstTokenNanos,
        long totalNanos,
        int chunks,
        Form form,
        List<String> rateHeaders,
        Optional<String> said) {

    /// Of what should be JSON.
    public enum Form {
        NOT_ASKED,
        VALID,
        BROKEN,
        MISSING
    }

    public ProbeAnswer {
        rateHeaders = List.copyOf(rateHeaders);
    }

    public boolean served() {
        return error.isEmpty();
    }

    /// Whether the model that answered is the one that was asked, or a dated one of its name.
    public boolean modelAsAsked() {
        return model.filter(name -> name.startsWith(asked) || asked.endsWith("/" + name))
                .isPresent();
    }
}
