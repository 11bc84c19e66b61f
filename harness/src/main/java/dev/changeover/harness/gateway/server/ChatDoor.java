package dev.changeover.harness.gateway.server;

import dev.changeover.harness.gateway.policy.AnswerCache;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a chat request passes on its way in: the cache, then the limits, then the call itself.
final class ChatDoor {

    private final Shell shell;
    private final Metrics metrics;
    private final Optional<Gateway.Cache> settings;
    private final Optional<AnswerCache<KeptAnswer.Key, KeptAnswer>> cache;
    private final Optional<Turnstile> turnstile;
    private long requests;

    ChatDoor(Shell shell, Metrics metrics) {
        this.shell = shell;
        this.metrics = metrics;
        this.settings = shell.config().cache();
        this.cache = settings.map(kept -> new AnswerCache<>(kept.ttl().toNanos()));
        this.turnstile = shell.config().limits().map(limits -> new Turnstile(shell, limits));
    }

    void enter(ChatForward forward, HttpServerResponse caller) {
        Visit visit = new Visit(forward, caller, requests++);
        Optional<KeptAnswer> kept = visit.key.flatMap(key -> cache.orElseThrow().find(key, shell.now()));
        if (visit.key.isPresent()) {
            metrics.lookedUp(kept.isPresent());
        }
        if (kept.isPresent()) {
            kept.get().send(caller);
            visit.over(OptionalInt.of(200));
        } else if (turnstile.isPresent()) {
            turnstile.get().enter(forward.mostTokens(), caller, visit);
        } else {
            visit.through();
        }
    }

    /// How many answers were forgotten; empty: there is no cache.
    OptionalInt clearCache() {
        return cache.map(kept -> OptionalInt.of(kept.clear())).orElse(OptionalInt.empty());
    }

    int waiting() {
        return turnstile.map(Turnstile::waiting).orElse(0);
    }

    /// One request on its way.
    private final class Visit implements Turnstile.Visitor, CallWatcher {
        private final ChatForward forward;
        private final HttpServerResponse caller;
        private final long number;
        private final long arrivedNanos = shell.now();
        private final Optional<KeptAnswer.Key> key;
        private final Optional<KeptAnswer.Collector> collector;
        private OptionalInt status = OptionalInt.empty();

        Visit(ChatForward forward, HttpServerResponse caller, long number) {
            this.forward = forward;
            this.caller = caller;
            this.number = number;
            this.key = settings.map(kept -> KeptAnswer.Key.of(kept.key(), forward));
            this.collector = key.map(_ -> new KeptAnswer.Collector());
        }

        @Override
        public void through() {
            new ChatCall(shell, forward, caller, number, this).start();
        }

        @Override
        public void refused(String why, OptionalLong retryAfterSeconds) {
            retryAfterSeconds.ifPresent(seconds -> caller.putHeader("retry-after", Long.toString(seconds)));
            Replies.send(caller, 429, Replies.error(why, "rate_limit_exceeded"));
            over(OptionalInt.of(429));
        }

        @Override
        public void gone() {
            ended(End.CANCELLED);
        }

        @Override
        public void tried(Arm arm, Outcome outcome) {
            metrics.tried(arm, outcome);
        }

        @Override
        public void began(UpstreamTry.Head head) {
            status = OptionalInt.of(head.status());
            collector.ifPresent(answer -> answer.began(head));
        }

        @Override
        public void passed(Buffer bytes) {
            collector.ifPresent(answer -> answer.passed(bytes));
        }

        @Override
        public void ended(End end) {
            switch (end) {
                case SERVED -> {
                    collector.flatMap(KeptAnswer.Collector::whole).ifPresent(this::keep);
                    over(status);
                }
                case FAILED -> over(status);
                case BROKEN_OFF, CANCELLED -> metrics.unanswered(forward.model(), end);
            }
        }

        private void keep(KeptAnswer answer) {
            cache.orElseThrow().keep(key.orElseThrow(), answer, answer.body().length(), shell.now());
        }

        private void over(OptionalInt answered) {
            metrics.answered(forward.model(), answered.orElseThrow(), shell.now() - arrivedNanos);
        }
    }
}
