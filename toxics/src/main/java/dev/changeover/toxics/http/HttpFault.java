package dev.changeover.toxics.http;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What a provider does to a request instead of answering it well.
public sealed interface HttpFault {

    /// The connection itself is at fault: the call gets no answer at all.
    sealed interface Unanswered extends HttpFault {}

    /// The call is taken up late.
    sealed interface Late extends HttpFault {}

    /// Something else is answered, without asking the provider.
    sealed interface Instead extends HttpFault {}

    /// The provider's good answer is changed on its way; answers that are no good ones pass as they are.
    ///
    /// `chunks` are those with content that pass before; an answer with fewer is struck before its end.
    sealed interface Within extends HttpFault {}

    /// Connections opened before the fault swallow what is sent on them; those opened since are good.
    record DeadConnections() implements Unanswered {}

    /// A connection that was idle that long is closed, unanswered, when the next call comes on it.
    record StaleConnections(Duration idle) implements Unanswered {
        public StaleConnections {
            requireMillisToDay("idle", idle);
        }
    }

    /// The provider takes a completion up only after this delay, or when the fault is lifted.
    record SlowFirstToken(Duration delay) implements Late {
        public SlowFirstToken {
            requireMillisToDay("delay", delay);
        }
    }

    /// Answers with this status, headers and JSON body.
    ///
    /// @param status 400 to 599, or 200 for an error object that looks well
    /// @param body `{model}` in it stands for the model that was asked for, as JSON text without its quotes, or
    ///             `all models` where a call names none
    record Status(int status, Map<String, String> headers, Optional<RetryAfter> retryAfter, String body, Calls calls)
            implements Instead {
        public Status {
            if (status != 200 && (status < 400 || status > 599)) {
                throw new IllegalArgumentException("status must be 200 or 400 to 599, got " + status);
            }
            headers = Map.copyOf(headers);
        }
    }

    /// Which calls a status answers.
    enum Calls {
        /// The list of models too, which health checks ask for.
        ALL,
        COMPLETIONS
    }

    /// How long a client is asked to wait.
    record RetryAfter(Duration after, Form form) {
        public RetryAfter {
            if (after.isNegative() || after.toNanosPart() != 0 || after.compareTo(Duration.ofDays(365)) > 0) {
                throw new IllegalArgumentException(
                        "retry_after must be whole seconds, at most a year, got " + after.toMillis() + " ms");
            }
        }

        public enum Form {
            /// `Retry-After: 2`
            SECONDS,
            /// `Retry-After: Wed, 21 Oct 2026 07:28:00 GMT`, the time of the answer and the wait
            DATE
        }
    }

    /// Answers 200 with nothing in it.
    record EmptyAnswer(Form form) implements Instead {

        /// What "nothing" looks like.
        public enum Form {
            /// A well-formed answer whose content is the empty text.
            EMPTY,
            /// Content that is null.
            NULL,
            /// Content of spaces and line ends.
            BLANK,
            /// `choices` that is an empty list.
            NO_CHOICES,
            /// No body at all.
            NO_BODY
        }
    }

    /// A stream turns into an error event and ends; an answer that comes whole is that object in a 200.
    ///
    /// @param body the error, a JSON object
    record MidStreamError(int chunks, String body) implements Within {
        public MidStreamError {
            requireChunks(chunks);
        }
    }

    /// A stream ends cleanly without finish reason and `[DONE]`; an answer that comes whole has no finish reason.
    record UnfinishedStream(int chunks) implements Within {
        public UnfinishedStream {
            requireChunks(chunks);
        }
    }

    /// One event of a stream is broken JSON, and the rest follows; an answer that comes whole is broken JSON.
    record MalformedChunk(int chunks) implements Within {
        public MalformedChunk {
            requireChunks(chunks);
        }
    }

    /// The connection is closed inside the answer; of one that comes whole half the body has passed by then.
    record MidStreamCut(int chunks) implements Within {
        public MidStreamCut {
            requireChunks(chunks);
        }
    }

    /// The connection is closed inside the arguments of a tool call; answers that call no tool pass as they are.
    record ToolCallCut() implements Within {}

    /// Nothing more comes until the fault is lifted; then the rest does. An answer that comes whole comes then.
    record StalledStream(int chunks) implements Within {
        public StalledStream {
            requireChunks(chunks);
        }
    }

    /// Every event of a stream waits this long after the one before, until the fault is lifted; an answer that comes
    /// whole comes in ten such pieces.
    record SlowDrip(Duration gap) implements Within {
        public SlowDrip {
            requireMillisToDay("gap", gap);
        }
    }

    /// The answer says that another model gave it.
    record WrongModel(String model) implements Within {
        public WrongModel {
            if (model.isBlank()) {
                throw new IllegalArgumentException("model must not be blank");
            }
        }
    }

    /// The answer ends with the finish reason `content_filter`.
    record ContentFilter(int chunks) implements Within {
        public ContentFilter {
            requireChunks(chunks);
        }
    }

    private static void requireChunks(int chunks) {
        if (chunks < 0) {
            throw new IllegalArgumentException("chunks must be >= 0, got " + chunks);
        }
    }

    private static void requireMillisToDay(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("%s must be 1 ms to a day, got %d ms".formatted(name, value.toMillis()));
        }
    }
}
