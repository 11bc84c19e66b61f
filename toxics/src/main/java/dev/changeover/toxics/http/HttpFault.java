package dev.changeover.toxics.http;

import java.time.Duration;
import java.util.Map;

/// What a provider does to a request instead of answering it well.
///
/// Those that strike an answer on its way (after `chunks` with content, or before its end when it has fewer) leave
/// answers that are no good ones as they are.
public sealed interface HttpFault {

    /// Answers with this status, headers and JSON body, without asking the provider.
    record Status(int status, Map<String, String> headers, String body) implements HttpFault {
        public Status {
            requireError(status);
            headers = Map.copyOf(headers);
        }
    }

    /// Answers completions with this status and JSON body, without asking the provider; other calls pass.
    ///
    /// @param body `{model}` in it stands for the model that was asked for, as JSON text without its quotes
    record Refusal(int status, String body) implements HttpFault {
        public Refusal {
            requireError(status);
        }
    }

    /// Answers 200 with a well-formed answer that has nothing in it.
    record EmptyAnswer() implements HttpFault {}

    /// A stream turns into an error event and ends; an answer that comes whole is an error object in a 200.
    record MidStreamError(int chunks) implements HttpFault {
        public MidStreamError {
            requireChunks(chunks);
        }
    }

    /// A stream ends cleanly without finish reason and `[DONE]`; an answer that comes whole has no finish reason.
    record UnfinishedStream(int chunks) implements HttpFault {
        public UnfinishedStream {
            requireChunks(chunks);
        }
    }

    /// The connection is closed inside the answer; of one that comes whole half the body has passed by then.
    record MidStreamCut(int chunks) implements HttpFault {
        public MidStreamCut {
            requireChunks(chunks);
        }
    }

    /// Nothing more comes until the fault is lifted; then the rest does. An answer that comes whole comes then.
    record StalledStream(int chunks) implements HttpFault {
        public StalledStream {
            requireChunks(chunks);
        }
    }

    /// The provider takes a completion up only after this delay, or when the fault is lifted.
    record SlowFirstToken(Duration delay) implements HttpFault {
        public SlowFirstToken {
            if (delay.compareTo(Duration.ofMillis(1)) < 0 || delay.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("delay must be 1 ms to a day, got " + delay.toMillis() + " ms");
            }
        }
    }

    private static void requireError(int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status must be 400 to 599, got " + status);
        }
    }

    private static void requireChunks(int chunks) {
        if (chunks < 0) {
            throw new IllegalArgumentException("chunks must be >= 0, got " + chunks);
        }
    }
}
