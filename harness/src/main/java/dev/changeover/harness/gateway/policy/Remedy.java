package dev.changeover.harness.gateway.policy;

import dev.changeover.harness.gateway.policy.ProviderBreaker.Sign;
import dev.changeover.harness.wire.ErrorKind;

/// What may help against an error before any content has gone out.
public enum Remedy {
    /// Another try, anywhere.
    TRY_AGAIN,
    /// Another provider; never the same one.
    OTHER_PROVIDER,
    /// Another provider or another model; never the two together again.
    OTHER_CANDIDATE,
    /// Another model, at any provider; without one, the caller should hear it.
    OTHER_MODEL,
    /// Nothing: it is the request's own fault, and the caller should hear it.
    ANSWER;

    public static Remedy against(ErrorKind kind) {
        return switch (kind) {
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
                    EMPTY_ANSWER -> TRY_AGAIN;
            case AUTH, PERMISSION, QUOTA -> OTHER_PROVIDER;
            case NOT_FOUND -> OTHER_CANDIDATE;
            case CONTEXT_LENGTH -> OTHER_MODEL;
            case BAD_REQUEST, CONTENT_FILTER -> ANSWER;
        };
    }

    /// Whether the request itself is what the provider turned down, so that the caller needs the
    /// provider's own words.
    public static boolean isCallersFault(ErrorKind kind) {
        return switch (against(kind)) {
            case OTHER_MODEL, ANSWER -> true;
            case TRY_AGAIN, OTHER_PROVIDER, OTHER_CANDIDATE -> false;
        };
    }

    /// Whether a breaker counts it. A provider that enforces its limits, or turns down a key, works.
    public static Sign sign(ErrorKind kind) {
        return switch (kind) {
            case OVERLOADED,
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
                    EMPTY_ANSWER -> Sign.FAULT;
            case RATE_LIMITED, AUTH, PERMISSION, NOT_FOUND, QUOTA, BAD_REQUEST, CONTEXT_LENGTH, CONTENT_FILTER ->
                Sign.NONE;
        };
    }
}
