package dev.changeover.harness.replay;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;

/// Replays a few requests at peers of a test and keeps what was written down.
final class Replay implements AutoCloseable {

    static final Deadlines PATIENT = deadlines(20_000, 20_000, 20_000, 40_000);

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Ticker ticker = Ticker.since(System.nanoTime());
    private final Replayer replayer;

    Replay(Deadlines patience, Target... targets) {
        this.replayer = new Replayer(List.of(targets), patience, ticker, events::add);
    }

    /// All requests that are due at once, played to the end.
    static List<Event.Request> of(Deadlines patience, int port, int requests) {
        try (Replay replay = new Replay(patience, gateway(port))) {
            return replay.play(requests);
        }
    }

    static Event.Request one(int port) {
        return one(PATIENT, port);
    }

    static Event.Request one(Deadlines patience, int port) {
        return of(patience, port, 1).getFirst();
    }

    /// Requests that are all due now.
    List<Event.Request> play(int requests) {
        long now = ticker.nanos();
        replayer.play(LongStream.range(0, requests)
                .mapToObj(number -> request(number, now))
                .iterator());
        replayer.drain();
        return requests();
    }

    Replayer replayer() {
        return replayer;
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    List<Event.Request> requests() {
        return events.stream()
                .filter(Event.Request.class::isInstance)
                .map(Event.Request.class::cast)
                .toList();
    }

    @Override
    public void close() {
        replayer.close();
    }

    static Iterator<ScheduledRequest> due(int requests, long everyNanos) {
        return LongStream.range(0, requests)
                .mapToObj(number -> request(number, number * everyNanos))
                .iterator();
    }

    static ScheduledRequest request(long number, long dueNanos) {
        return request(
                number,
                dueNanos,
                "{\"model\":\"gpt\",\"stream\":true,\"user\":\"ann\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
    }

    static ScheduledRequest request(long number, long dueNanos, String body) {
        CallId id = new CallId(Purpose.REQUEST, number);
        return new ScheduledRequest(id, dueNanos, "c" + number, "gpt", true, body.getBytes(StandardCharsets.UTF_8));
    }

    static Target gateway(int port) {
        return new Target(Optional.empty(), "127.0.0.1", port, model -> model);
    }

    static Target arm(Arm arm, int port) {
        return new Target(Optional.of(arm), "127.0.0.1", port, model -> arm.word() + "-" + model);
    }

    static Deadlines deadlines(long connectMillis, long firstTokenMillis, long idleMillis, long totalMillis) {
        return new Deadlines(
                Duration.ofMillis(connectMillis),
                Duration.ofMillis(firstTokenMillis),
                Duration.ofMillis(idleMillis),
                Duration.ofMillis(totalMillis));
    }

    static Outcome failed(ErrorKind kind) {
        return new Outcome.Failed(kind);
    }
}
