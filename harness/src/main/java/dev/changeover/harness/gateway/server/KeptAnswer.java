package dev.changeover.harness.gateway.server;

import dev.changeover.harness.gateway.policy.AnswerCache;
import dev.changeover.harness.scenario.Gateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/// A whole answer of status 200, as it went to the first caller.
record KeptAnswer(String contentType, Buffer body) {

    static final String HEADER = "x-changeover-cache";

    /// What makes two questions the same. An answer that streams is none for a caller who wants it whole, whatever the
    /// key; what a stream is asked to tell besides (its usage) is part of the question only where it is exact.
    record Key(String question, boolean stream) {

        static Key of(Gateway.Cache.Key kind, ChatForward forward) {
            return new Key(
                    switch (kind) {
                        case EXACT ->
                            "%016x %s %s"
                                    .formatted(
                                            forward.request().questionHash(),
                                            forward.request().includeUsage(),
                                            forward.model());
                        case MESSAGES -> forward.request().messagesDigest();
                    },
                    forward.request().stream());
        }
    }

    void send(HttpServerResponse caller) {
        caller.putHeader(HEADER, "hit");
        if (!contentType.isEmpty()) {
            caller.putHeader("content-type", contentType);
        }
        if (Replies.isEventStream(contentType)) {
            caller.putHeader("cache-control", "no-cache").setChunked(true);
        }
        caller.end(body);
    }

    /// Collects an answer on its way to a caller.
    static final class Collector {
        private final Buffer body = Buffer.buffer();
        private Optional<UpstreamTry.Head> head = Optional.empty();
        private boolean tooLarge;

        void began(UpstreamTry.Head begun) {
            head = Optional.of(begun);
        }

        void passed(Buffer bytes) {
            tooLarge |= body.length() + bytes.length() > AnswerCache.LARGEST_BYTES;
            if (!tooLarge) {
                body.appendBuffer(bytes);
            }
        }

        /// Empty where it is not one to be kept.
        Optional<KeptAnswer> whole() {
            return head.filter(came -> came.status() == 200 && !tooLarge)
                    .map(came -> new KeptAnswer(came.contentType(), body));
        }
    }
}
