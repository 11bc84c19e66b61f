package dev.changeover.harness.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Every way in which a request can fail; a closed set.
public enum ErrorKind {
    AUTH(Ending.ANSWERED),
    PERMISSION(Ending.ANSWERED),
    NOT_FOUND(Ending.ANSWERED),
    BAD_REQUEST(Ending.ANSWERED),
    CONTEXT_LENGTH(Ending.ANSWERED),
    CONTENT_FILTER(Ending.ANSWERED),
    RATE_LIMITED(Ending.ANSWERED),
    QUOTA(Ending.ANSWERED),
    OVERLOADED(Ending.ANSWERED),
    SERVER_ERROR(Ending.ANSWERED),
    TIMEOUT_CONNECT(Ending.NEVER_SENT),
    TIMEOUT_FIRST_TOKEN(Ending.LEFT_HANGING),
    TIMEOUT_IDLE(Ending.LEFT_HANGING),
    TIMEOUT_TOTAL(Ending.LEFT_HANGING),
    CONNECTION_REFUSED(Ending.NEVER_SENT),
    CONNECTION_RESET(Ending.LEFT_HANGING),
    TRUNCATED_STREAM(Ending.LEFT_HANGING),
    STREAM_ERROR(Ending.ANSWERED),
    MALFORMED(Ending.ANSWERED),
    EMPTY_ANSWER(Ending.ANSWERED);

    private enum Ending {
        NEVER_SENT,
        ANSWERED,
        LEFT_HANGING
    }

    private final String word = name().toLowerCase(Locale.ROOT);
    private final Ending ending;

    ErrorKind(Ending ending) {
        this.ending = ending;
    }

    /// Its name in every output: `rate_limited`.
    public String word() {
        return word;
    }

    /// The outcome is unknown: it was sent, nothing conclusive came back, and the work may have been done and billed.
    /// Timeouts after sending, resets and cuts.
    public boolean mayBeBilled() {
        return ending == Ending.LEFT_HANGING;
    }

    public static Optional<ErrorKind> of(String word) {
        return Arrays.stream(values()).filter(k -> k.word.equals(word)).findFirst();
    }
}
