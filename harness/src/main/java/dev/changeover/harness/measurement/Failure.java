package dev.changeover.harness.measurement;

import dev.changeover.harness.wire.ErrorKind;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// How a measured call failed.
///
/// @param status of HTTP, where there was an answer and it is known
/// @param afterNanos from the call's start, where it is known
public record Failure(ErrorKind kind, OptionalInt status, OptionalLong afterNanos) {

    public Failure {
        if (status.orElse(500) < 100 || status.orElse(500) > 599) {
            throw new IllegalArgumentException("status must be from 100 to 599, got " + status.getAsInt());
        }
        MeasuredCall.requireTime("done", afterNanos.orElse(0));
    }

    /// Whether it says more of the request or of whoever asked than of the provider.
    boolean callersOwn() {
        return switch (kind) {
            case AUTH, PERMISSION, NOT_FOUND, BAD_REQUEST, CONTEXT_LENGTH, CONTENT_FILTER, QUOTA -> true;
            case RATE_LIMITED,
                    OVERLOADED,
                    SERVER_ERROR,
                    TIMEOUT_CONNECT,
                    TIMEOUT_FIRST_TOKEN,
                    TIMEOUT_IDLE,
                    TIMEOUT_TOTAL,
                    CONNECTION_REFUSED,
                    CONNECTION_RESET,
                    TRUNCATED_STREAM,
                    STREAM_ERROR,
                    MALFORMED,
                    EMPTY_ANSWER -> false;
        };
    }
}
