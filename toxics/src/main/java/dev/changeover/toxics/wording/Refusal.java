package dev.changeover.toxics.wording;

import java.util.Locale;

/// What a vendor refuses for.
public enum Refusal {
    /// Too many requests or tokens a minute; waiting helps.
    RATE_LIMITED,
    /// A single request over the limit of a minute, or of a body; waiting never helps.
    REQUEST_TOO_LARGE,
    /// The money or the credit is used up.
    QUOTA_EXHAUSTED,
    /// More is asked of the model than it can serve.
    OVERLOADED,
    /// Something broke.
    SERVER_ERROR,
    /// Whatever stands before the service does not reach it.
    UNAVAILABLE,
    KEY_REFUSED,
    PERMISSION_DENIED,
    MODEL_NOT_FOUND,
    MODEL_RETIRED,
    /// A parameter that the model does not know.
    BAD_REQUEST,
    CONTEXT_LENGTH,
    /// The prompt meets a content filter.
    PROMPT_FILTERED,
    /// An error as the body of a good status.
    ERROR_IN_200,
    /// An error as an event of a stream that began well.
    ERROR_IN_STREAM;

    /// As written in the resources: `rate-limited`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
