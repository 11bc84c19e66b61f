package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.PhaseDecision;
import dev.changeover.harness.history.Event.RollbackStep;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.rollout.Approval;
import dev.changeover.harness.scenario.Rollback;
import dev.changeover.harness.scenario.Rollout;
import dev.changeover.harness.scenario.Rollout.Decider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.ScenarioException;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import dev.changeover.harness.wire.Usage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A rollout before a gateway that a test plays, and all that it told.
final class RolloutBench implements EventSink {

    private static final long BETWEEN_REQUESTS_MILLIS = 1;

    private static final String YAML = """
        scenario: moved
        about: Nothing that is run.
        traffic: { trace: trace.jsonl }
        providers: { old: { simulate: { profile: steady } }, new: { simulate: { profile: steady } } }
        gateway: { reference: { route: [old, new] } }
        expect: { error_rate: { max: 1% } }
        """;

    final List<Event> events = new CopyOnWriteArrayList<>();
    final List<Exception> failures = new CopyOnWriteArrayList<>();
    final FakeFront front;
    Approval approval = Approval.NOBODY;
    double newErrors;
    private final Path folder;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Ticker clock = Ticker.since(System.nanoTime());
    private long number;

    RolloutBench(Path folder) throws IOException {
        this.folder = folder;
        Path configuration = Files.writeString(folder.resolve("gateway.yaml"), "provider: old");
        Files.writeString(folder.resolve("trace.jsonl"), "{\"changeover_trace\":1,\"about\":\"Made up.\"}\n");
        front = new FakeFront(folder, configuration);
    }

    Path folder() {
        return folder;
    }

    /// Runs it as the rollback's script and waits for the end of that.
    void run(String shell) throws Exception {
        assumeTrue(File.separatorChar == '/', "needs a shell");
        Rollback.Script script = script(shell, Duration.ofSeconds(2));
        try (RolloutTimeline timeline = timeline(Optional.empty(), Optional.of(backAt(Optional.of(script))))) {
            sendUntil(timeline, is(Event.ConfigurationMoment.ROLLED_BACK));
        }
        assertThat(failures).isEmpty();
    }

    static Rollback.Script script(String shell, Duration patience) {
        return new Rollback.Script(List.of("/bin/sh", "-c", shell), Map.of("SHARE", "{{weight.old}}"), patience);
    }

    static Rollback backAt(Optional<Rollback.Script> script) {
        return new Rollback(Optional.of(Duration.ofMillis(10)), script, Optional.empty());
    }

    static Optional<Rollout> rollout(Decider gate, double... weights) {
        return Optional.of(new Rollout(
                Duration.ZERO,
                Arrays.stream(weights).mapToObj(Share::new).toList(),
                new Rollout.Hold.Requests(100),
                Rollout.Sticky.REQUEST,
                gate,
                Rollout.Tolerated.DEFAULT));
    }

    RolloutTimeline timeline(Optional<Rollout> rollout, Optional<Rollback> rollback) throws ScenarioException {
        Scenario base =
                ScenarioParser.parse(YAML, "moved.yaml", folder, List.of()).scenario();
        Scenario scenario = new Scenario(
                base.name(),
                base.about(),
                base.traffic(),
                base.providers(),
                base.gateway(),
                base.toxiproxy(),
                base.faults(),
                rollout,
                rollback,
                base.objectives(),
                base.expect(),
                base.alerts(),
                base.cost(),
                base.claims(),
                base.budget(),
                base.seed());
        RolloutTimeline timeline = new RolloutTimeline(
                scenario, front, approval, folder.resolve("rollback.log"), clock, this, failures::add);
        timeline.start();
        return timeline;
    }

    /// Requests through the fake gateway, one after the other, until something was told.
    void sendUntil(RolloutTimeline timeline, Predicate<Event> told) throws InterruptedException {
        while (events.stream().noneMatch(told)) {
            send(timeline);
            awaitNextFor(BETWEEN_REQUESTS_MILLIS);
        }
    }

    private void send(RolloutTimeline timeline) {
        boolean onNew = random.nextDouble() < front.weight;
        Outcome outcome =
                onNew && random.nextDouble() < newErrors ? new Outcome.Failed(ErrorKind.SERVER_ERROR) : Outcome.SERVED;
        long sent = clock.nanos();
        CallId id = new CallId(Purpose.REQUEST, number++);
        timeline.accept(new Event.Attempt(id, onNew ? Arm.NEW : Arm.OLD, 1, sent, sent, outcome));
        timeline.accept(request(id, sent, outcome));
    }

    @Override
    public synchronized void accept(Event event) {
        events.add(event);
        notifyAll();
    }

    /// Until something more is told, and no longer than that.
    private synchronized void awaitNextFor(long millis) throws InterruptedException {
        wait(millis);
    }

    private static Event.Request request(CallId id, long sent, Outcome outcome) {
        return new Event.Request(
                id,
                Optional.empty(),
                "c" + id.number(),
                "m",
                false,
                new Event.Timing(
                        sent, sent, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), sent + 1),
                Optional.empty(),
                OptionalInt.empty(),
                outcome,
                Usage.UNKNOWN,
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    static Predicate<Event> ended(PhaseDecision decision, double weight) {
        return event -> event instanceof Event.PhaseEnd end && end.decision() == decision && end.weight() == weight;
    }

    static Predicate<Event> is(RollbackStep step) {
        return event -> event instanceof Event.Rollback rollback && rollback.step() == step;
    }

    static Predicate<Event> is(Event.ConfigurationMoment when) {
        return event -> event instanceof Event.Configuration configuration && configuration.when() == when;
    }

    <E extends Event> Stream<E> told(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }

    List<RollbackStep> steps() {
        return told(Event.Rollback.class).map(Event.Rollback::step).toList();
    }

    String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException _) {
            return "";
        }
    }

    static void forever() throws IOException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static final class Asked implements Approval {
        final List<Question> questions = new CopyOnWriteArrayList<>();
        volatile Consumer<Answer> answer;
        volatile boolean withdrawn;

        @Override
        public void ask(Question question, Consumer<Answer> answer) {
            questions.add(question);
            this.answer = answer;
        }

        @Override
        public void withdraw() {
            withdrawn = true;
        }
    }
}
