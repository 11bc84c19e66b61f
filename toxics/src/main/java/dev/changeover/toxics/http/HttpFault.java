package dev.changeover.toxics.http;

import java.util.Map;

/// What a provider does to a request instead of answering it well.
public sealed interface HttpFault {

    /// Answers with this status, headers and JSON body, without asking the provider.
    record Status(int status, Map<String, String> headers, String body) implements HttpFault {
        public Status {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("status must be 400 to 599, got " + status);
            }
            headers = Map.copyOf(headers);
        }
    }

    /// Answers 200 with a well-formed answer that has nothing in it.
    record EmptyAnswer() implements HttpFault {}
}
