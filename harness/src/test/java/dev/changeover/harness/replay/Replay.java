package dev.changeover.harness.replay;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Load;
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
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Replays a few requests at peers of a test and keeps what was written down.
final class Replay implements AutoCloseable {

    static final Deadlines PATIENT = deadlines(20_000, 20_000, 20_000, 40_000);

    private static final String BODY =
            "{\"model\":\"gpt\",\"stream\":true,\"user\":\"ann\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Ticker ticker = Ticker.since(System.nanoTime());
    private final Replayer replayer;
    private volatile Runnable onEvent = () -> {};

    Replay(Deadlines patience, Target... targets) {
        this(patience, Load.AS_RECORDED, targets);
    }

    Replay(Deadlines patience, Load load, Target... targets) {
        this.replayer = new Replayer(List.of(targets), patience, load, ticker, event -> {
            events.add(event);
            onEvent.run();
        });
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

    /// These, due so many nanoseconds from now, to their end.
    List<Event.Request> play(ScheduledRequest... requests) {
        long now = ticker.nanos();
        replayer.play(Stream.of(requests)
                .map(request -> new ScheduledRequest(
                        request.id(),
                        now + request.dueNanos(),
                        request.conversation(),
                        request.model(),
                        request.stream(),
                        request.leavesNanos(),
                        request.body()))
                .iterator());
        replayer.drain();
        return requests();
    }

    /// To be called whenever something was written down.
    void onEvent(Runnable action) {
        onEvent = action;
    }

    /// The one of this number.
    Event.Request request(long number) {
        return requests().stream()
                .filter(request -> request.id().number() == number)
                .findFirst()
                .orElseThrow();
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
        return request(number, dueNanos, BODY);
    }

    static ScheduledRequest request(long number, long dueNanos, String body) {
        return of(Purpose.REQUEST, number, dueNanos, "c" + number, OptionalLong.empty(), body);
    }

    /// A turn of a conversation.
    static ScheduledRequest turn(long number, long dueNanos, String conversation) {
        return of(Purpose.REQUEST, number, dueNanos, conversation, OptionalLong.empty(), BODY);
    }

    /// Of a caller who leaves.
    static ScheduledRequest leaving(long number, long leavesNanos) {
        return of(Purpose.REQUEST, number, 0, "c" + number, OptionalLong.of(leavesNanos), BODY);
    }

    static ScheduledRequest warmUp(long number) {
        return of(Purpose.WARMUP, number, 0, "w" + number, OptionalLong.empty(), BODY);
    }

    private static ScheduledRequest of(
            Purpose purpose, long number, long dueNanos, String conversation, OptionalLong leaves, String body) {
        CallId id = new CallId(purpose, number);
        return new ScheduledRequest(
                id, dueNanos, conversation, "gpt", true, leaves, body.getBytes(StandardCharsets.UTF_8));
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
