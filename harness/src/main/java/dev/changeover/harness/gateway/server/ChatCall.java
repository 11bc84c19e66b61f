package dev.changeover.harness.gateway.server;

import dev.changeover.harness.gateway.policy.CallPlan;
import dev.changeover.harness.gateway.policy.Candidate;
import dev.changeover.harness.gateway.policy.Remedy;
import dev.changeover.harness.gateway.policy.Step;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One request of a caller: carries out what its plan says, and passes the answer on.
final class ChatCall {

    private final Shell shell;
    private final ChatForward forward;
    private final HttpServerResponse caller;
    private final CallPlan plan;
    private final CallWatcher watcher;
    private Optional<Running> running = Optional.empty();
    private OptionalInt lastStatus = OptionalInt.empty();
    private Optional<UpstreamTry.Result> lastResult = Optional.empty();
    private long waitTimer = -1;
    private boolean over;

    private record Running(UpstreamTry upstream, Step.Try step, long startedNanos) {}

    /// @param number tells the gateway's requests apart
    ChatCall(Shell shell, ChatForward forward, HttpServerResponse caller, long number, CallWatcher watcher) {
        this.shell = shell;
        this.forward = forward;
        this.caller = caller;
        this.watcher = watcher;
        long request = forward.id().map(CallId::number).orElse(number);
        List<Candidate> candidates =
                shell.policy().router().candidates(forward.model(), forward.conversation(), request);
        this.plan = new CallPlan(shell.policy(), candidates, request, shell.now());
    }

    void start() {
        caller.exceptionHandler(_ -> callerGone());
        caller.closeHandler(_ -> callerGone());
        perform(plan.next(shell.now()));
    }

    private void perform(Step step) {
        switch (step) {
            case Step.Try attempt -> call(attempt);
            case Step.Wait(long until) -> waitTimer = shell.at(until, () -> perform(plan.next(shell.now())));
            case Step.GiveUp giveUp -> answerFailure(giveUp);
        }
    }

    private void call(Step.Try step) {
        ReferenceGateway.Upstream provider = shell.upstreams().get(step.arm());
        UpstreamTry upstream = new UpstreamTry(shell, plan.deadlineNanos(), new Relay());
        running = Optional.of(new Running(upstream, step, shell.now()));
        upstream.start(
                forward.options(provider), forward.bodyFor(step.candidate().model(), provider));
    }

    private final class Relay implements UpstreamTry.Listener {
        private boolean begun;
        private boolean stream;

        @Override
        public void opened(UpstreamTry.Head head) {
            begun = true;
            stream = Replies.isEventStream(head.contentType());
            head(head);
            caller.setChunked(true);
            if (stream) {
                caller.putHeader("cache-control", "no-cache");
            }
            caller.writeHead();
        }

        @Override
        public void passed(Buffer bytes) {
            caller.write(bytes);
            watcher.passed(bytes);
            if (caller.writeQueueFull()) {
                UpstreamTry upstream = running.orElseThrow().upstream();
                upstream.pause();
                caller.drainHandler(_ -> upstream.resume());
            }
        }

        @Override
        public void ended(UpstreamTry.Result result) {
            record(result.error().<Outcome>map(Outcome.Failed::new).orElse(Outcome.SERVED));
            running = Optional.empty();
            if (result.error().isEmpty()) {
                plan.succeeded(shell.now());
                answerGood(result, begun);
            } else if (begun) {
                blame(result);
                breakOff(result.error().get(), stream);
            } else {
                lastResult = Optional.of(result);
                result.status().ifPresent(status -> lastStatus = status >= 400 ? OptionalInt.of(status) : lastStatus);
                perform(plan.failed(result.error().get(), result.retryAfterNanos(), shell.now()));
            }
        }
    }

    private void blame(UpstreamTry.Result result) {
        if (result.heldUp()) {
            plan.cancelled(shell.now());
        } else {
            plan.brokeOff(result.error().orElseThrow(), shell.now());
        }
    }

    private void answerGood(UpstreamTry.Result result, boolean begun) {
        if (!begun) {
            head(result.head().orElseThrow());
        }
        end(result.original(), CallWatcher.End.SERVED);
    }

    /// Says honestly that an answer stops short; where there is no way to say it, by closing the connection.
    private void breakOff(ErrorKind kind, boolean stream) {
        over = true;
        if (stream) {
            caller.end(Replies.errorEvent(kind));
        } else {
            caller.reset();
        }
        watcher.ended(CallWatcher.End.BROKEN_OFF);
    }

    private void answerFailure(Step.GiveUp giveUp) {
        boolean callersFault = giveUp.why().filter(Remedy::isCallersFault).isPresent();
        if (callersFault && lastResult.flatMap(UpstreamTry.Result::head).isPresent()) {
            head(lastResult.get().head().get());
            end(lastResult.get().original(), CallWatcher.End.FAILED);
        } else {
            Replies.Failure failure = Replies.failure(giveUp, lastStatus, shell.now());
            failure.retryAfterSeconds().ifPresent(seconds -> caller.putHeader("retry-after", Long.toString(seconds)));
            head(new UpstreamTry.Head(failure.status(), "application/json"));
            end(failure.body(), CallWatcher.End.FAILED);
        }
    }

    private void callerGone() {
        if (over) {
            return;
        }
        over = true;
        shell.vertx().cancelTimer(waitTimer);
        running.ifPresent(current -> {
            current.upstream().cancel();
            record(Outcome.CANCELLED);
        });
        running = Optional.empty();
        plan.cancelled(shell.now());
        watcher.ended(CallWatcher.End.CANCELLED);
    }

    private void head(UpstreamTry.Head head) {
        watcher.began(head);
        caller.setStatusCode(head.status());
        if (!head.contentType().isEmpty()) {
            caller.putHeader("content-type", head.contentType());
        }
    }

    private void end(Buffer body, CallWatcher.End end) {
        over = true;
        caller.end(body);
        watcher.passed(body);
        watcher.ended(end);
    }

    private void record(Outcome outcome) {
        Running current = running.orElseThrow();
        watcher.tried(current.step().arm(), outcome);
        forward.id()
                .ifPresent(id -> shell.events()
                        .accept(new Event.Attempt(
                                id,
                                current.step().arm(),
                                current.step().number(),
                                current.startedNanos(),
                                shell.now(),
                                outcome)));
    }
}
