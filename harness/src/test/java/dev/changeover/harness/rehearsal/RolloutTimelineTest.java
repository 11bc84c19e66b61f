package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.PhaseDecision;
import dev.changeover.harness.history.Event.RollbackStep;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The shell around the state machine, with a gateway that a test plays.
@Timeout(60)
class RolloutTimelineTest {

    private static final String YAML = """
        scenario: moved
        about: Nothing that is run.
        traffic: { trace: trace.jsonl }
        providers: { old: { simulate: { profile: steady } }, new: { simulate: { profile: steady } } }
        gateway: { reference: { route: [old, new] } }
        expect: { error_rate: { max: 1% } }
        """;

    @TempDir
    Path folder;

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<Exception> failures = new CopyOnWriteArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private final Ticker clock = Ticker.since(System.nanoTime());
    private Path configuration;
    private FakeFront front;
    private Approval approval = Approval.NOBODY;
    private double newErrors;
    private long number;

    @BeforeEach
    void start() throws IOException {
        configuration = Files.writeString(folder.resolve("gateway.yaml"), "provider: old");
        Files.writeString(folder.resolve("trace.jsonl"), "{\"changeover_trace\":1,\"about\":\"Made up.\"}\n");
        front = new FakeFront(folder, configuration);
    }

    @Test
    void aHealthyCanaryGetsEverything() throws Exception {
        try (RolloutTimeline timeline = timeline(rollout(Decider.EVIDENCE, 0.3, 1), Optional.empty())) {
            sendUntil(timeline, ended(PhaseDecision.PROMOTED, 1.0));
        }
        assertThat(front.weight).isEqualTo(1);
        assertThat(told(Event.Weight.class).map(w -> "%s %s %s".formatted(w.toNew(), w.step(), w.cause())))
                .containsExactly(
                        "0.3 ASKED ROLLOUT", "0.3 IN_FORCE ROLLOUT", "1.0 ASKED ROLLOUT", "1.0 IN_FORCE ROLLOUT");
        assertThat(told(Event.Evidence.class).toList().getLast().newSeen()).isPositive();
        assertThat(told(Event.Configuration.class).map(Event.Configuration::when))
                .containsExactly(Event.ConfigurationMoment.BEFORE);
        assertThat(failures).isEmpty();
    }

    @Test
    void aBrokenCanaryGoesBackByWeight() throws Exception {
        newErrors = 0.5;
        try (RolloutTimeline timeline = timeline(rollout(Decider.EVIDENCE, 0.3, 1), Optional.empty())) {
            sendUntil(timeline, is(Event.ConfigurationMoment.ROLLED_BACK));
        }
        assertThat(front.weight).isZero();
        assertThat(steps()).containsExactly(RollbackStep.TRIGGERED, RollbackStep.WEIGHT_SET);
        assertThat(told(Event.PhaseEnd.class).map(Event.PhaseEnd::decision)).containsExactly(PhaseDecision.ROLLED_BACK);
        assertThat(told(Event.Rollback.class).findFirst().orElseThrow().detail())
                .contains("E reached 20");
        assertThat(told(Event.Weight.class).map(w -> w.step() + " " + w.cause()))
                .endsWith("ASKED ROLLBACK", "IN_FORCE ROLLBACK");
        assertThat(told(Event.Configuration.class)
                        .map(Event.Configuration::digest)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aRefusedWeightIsToldAndHeld() throws Exception {
        front.means = _ -> {
            throw new IOException("PUT /admin/weights answered 500");
        };
        try (RolloutTimeline timeline = timeline(rollout(Decider.EVIDENCE, 0.3, 1), Optional.empty())) {
            sendUntil(timeline, ended(PhaseDecision.HELD, 0.3));
        }
        Event.Weight failed = told(Event.Weight.class)
                .filter(weight -> weight.step() == Event.WeightStep.FAILED)
                .findFirst()
                .orElseThrow();
        assertThat(failed.detail()).isEqualTo("PUT /admin/weights answered 500");
        assertThat(told(Event.PhaseEnd.class).findFirst().orElseThrow().why()).contains("answered 500");
    }

    @Test
    void aWayBackThatIsRefusedIsTriedAgain() throws Exception {
        newErrors = 0.5;
        AtomicBoolean refused = new AtomicBoolean();
        front.means = toNew -> {
            if (toNew.value() == 0 && refused.compareAndSet(false, true)) {
                throw new IOException("busy");
            }
        };
        try (RolloutTimeline timeline = timeline(rollout(Decider.EVIDENCE, 0.3, 1), Optional.empty())) {
            sendUntil(timeline, is(RollbackStep.WEIGHT_SET));
        }
        assertThat(steps())
                .containsExactly(RollbackStep.TRIGGERED, RollbackStep.WEIGHT_REFUSED, RollbackStep.WEIGHT_SET);
        assertThat(front.weight).isZero();
    }

    @Test
    void aWayBackMayComeAtItsTimeWithoutAnyRollout() throws Exception {
        try (RolloutTimeline timeline = timeline(Optional.empty(), Optional.of(backAt(Optional.empty())))) {
            sendUntil(timeline, is(RollbackStep.WEIGHT_SET));
        }
        assertThat(told(Event.Rollback.class).findFirst().orElseThrow().detail())
                .contains("rollback.at");
        assertThat(told(Event.Evidence.class)).isEmpty();
    }

    @Test
    void aScriptIsRunForRealAndKnowsWhereToGo() throws Exception {
        run("echo \"old $SHARE, new {{weight.new}}\" > weights; echo provider: old, again > gateway.yaml; echo done");
        assertThat(steps())
                .containsExactly(RollbackStep.TRIGGERED, RollbackStep.SCRIPT_STARTED, RollbackStep.SCRIPT_SUCCEEDED);
        assertThat(folder.resolve("weights")).hasContent("old 100, new 0");
        assertThat(folder.resolve("rollback.log")).hasContent("done");
        assertThat(told(Event.Configuration.class)
                        .map(Event.Configuration::digest)
                        .distinct())
                .hasSize(2);
        assertThat(told(Event.Weight.class)).as("a script has means of its own").isEmpty();
    }

    @Test
    void aScriptThatFailsIsToldWithItsLastWords() throws Exception {
        run("echo no backup; exit 3");
        assertThat(steps()).endsWith(RollbackStep.SCRIPT_FAILED);
        assertThat(told(Event.Rollback.class).toList().getLast().detail())
                .contains("code 3")
                .contains("no backup");
    }

    @Test
    void aScriptThatHangsIsKilled() throws Exception {
        run("echo waiting; sleep 600");
        assertThat(steps()).endsWith(RollbackStep.SCRIPT_HUNG);
        assertThat(told(Event.Rollback.class).toList().getLast().detail()).contains("waiting");
    }

    @Test
    void aScriptWithANameThatHasNoValueIsNotStarted() throws Exception {
        run("echo {{weight.nwe}}");
        assertThat(steps()).containsExactly(RollbackStep.TRIGGERED, RollbackStep.SCRIPT_FAILED);
        assertThat(told(Event.Rollback.class).toList().getLast().detail()).contains("weight.nwe");
    }

    @Test
    void somebodyIsAskedWhileTrafficGoesOn() throws Exception {
        Asked asked = new Asked();
        approval = asked;
        try (RolloutTimeline timeline = timeline(rollout(Decider.MANUAL, 0.3, 1), Optional.empty())) {
            sendUntil(timeline, _ -> asked.answer != null);
            asked.answer.accept(Approval.Answer.PROMOTE);
            sendUntil(timeline, ended(PhaseDecision.PROMOTED, 0.3));
        }
        assertThat(asked.questions.getFirst().numbers()).contains("on new had an error");
    }

    @Test
    void interruptedBeforeTheFirstPhaseNothingWasChanged() throws Exception {
        Rollout later = new Rollout(
                Duration.ofHours(1),
                List.of(Share.ALL),
                new Rollout.Hold.Requests(1),
                Rollout.Sticky.CONVERSATION,
                Decider.EVIDENCE,
                Rollout.Tolerated.DEFAULT);
        try (RolloutTimeline timeline = timeline(Optional.of(later), Optional.empty())) {
            sendUntil(timeline, is(Event.ConfigurationMoment.BEFORE));
        }
        assertThat(events).hasOnlyElementsOfType(Event.Configuration.class);
        assertThat(front.weight).isZero();
    }

    @Test
    void interruptedWhileAWeightIsOnItsWayItEndsAtOnce() throws Exception {
        front.means = _ -> forever();
        try (RolloutTimeline timeline = timeline(rollout(Decider.EVIDENCE, 0.3, 1), Optional.empty())) {
            sendUntil(timeline, event -> event instanceof Event.Weight);
        }
        assertThat(told(Event.Weight.class).toList().getLast().step()).isEqualTo(Event.WeightStep.FAILED);
        assertThat(told(Event.Weight.class).toList().getLast().detail()).contains("the run ended");
    }

    @Test
    void interruptedInAPhaseTheLastEvidenceIsTold() throws Exception {
        try (RolloutTimeline timeline = timeline(rollout(Decider.CALENDAR, 0.3), Optional.empty())) {
            sendUntil(
                    timeline,
                    event -> event instanceof Event.Weight weight && weight.step() == Event.WeightStep.IN_FORCE);
            sendUntil(timeline, event -> event instanceof Event.Evidence);
        }
        assertThat(events.getLast()).isInstanceOf(Event.Evidence.class);
        assertThat(steps()).isEmpty();
    }

    @Test
    void interruptedWhileSomebodyIsAskedTheQuestionIsWithdrawn() throws Exception {
        Asked asked = new Asked();
        approval = asked;
        try (RolloutTimeline timeline = timeline(rollout(Decider.MANUAL, 0.3, 1), Optional.empty())) {
            sendUntil(timeline, _ -> asked.answer != null);
        }
        assertThat(asked.withdrawn).isTrue();
        asked.answer.accept(Approval.Answer.PROMOTE);
        assertThat(front.weight).isEqualTo(0.3);
    }

    @Test
    void interruptedWhileAScriptRunsItIsKilledAndToldSo() throws Exception {
        assumeTrue(File.separatorChar == '/', "needs a shell");
        Rollback.Script script = script("echo $$ > pid; sleep 600", Duration.ofMinutes(10));
        try (RolloutTimeline timeline = timeline(Optional.empty(), Optional.of(backAt(Optional.of(script))))) {
            sendUntil(
                    timeline,
                    _ -> Files.exists(folder.resolve("pid")) && !read("pid").isBlank());
        }
        long pid = Long.parseLong(read("pid").strip());
        ProcessHandle.of(pid).ifPresent(killed -> assertThat(killed.onExit()).succeedsWithin(Duration.ofSeconds(10)));
        assertThat(steps()).endsWith(RollbackStep.SCRIPT_FAILED);
        assertThat(told(Event.Rollback.class).toList().getLast().detail()).contains("the run ended before it did");
    }

    /// Runs it as the rollback's script and waits for the end of that.
    private void run(String shell) throws Exception {
        assumeTrue(File.separatorChar == '/', "needs a shell");
        Rollback.Script script = script(shell, Duration.ofSeconds(2));
        try (RolloutTimeline timeline = timeline(Optional.empty(), Optional.of(backAt(Optional.of(script))))) {
            sendUntil(timeline, is(Event.ConfigurationMoment.ROLLED_BACK));
        }
        assertThat(failures).isEmpty();
    }

    private static Rollback.Script script(String shell, Duration patience) {
        return new Rollback.Script(List.of("/bin/sh", "-c", shell), Map.of("SHARE", "{{weight.old}}"), patience);
    }

    private static Rollback backAt(Optional<Rollback.Script> script) {
        return new Rollback(Optional.of(Duration.ofMillis(10)), script, Optional.empty());
    }

    private static Optional<Rollout> rollout(Decider gate, double... weights) {
        return Optional.of(new Rollout(
                Duration.ZERO,
                Arrays.stream(weights).mapToObj(Share::new).toList(),
                new Rollout.Hold.Requests(100),
                Rollout.Sticky.REQUEST,
                gate,
                Rollout.Tolerated.DEFAULT));
    }

    private RolloutTimeline timeline(Optional<Rollout> rollout, Optional<Rollback> rollback) throws ScenarioException {
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
                scenario, front, approval, folder.resolve("rollback.log"), clock, events::add, failures::add);
        timeline.start();
        return timeline;
    }

    /// Requests through the fake gateway, one after the other, until something was told.
    private void sendUntil(RolloutTimeline timeline, Predicate<Event> told) throws InterruptedException {
        while (events.stream().noneMatch(told)) {
            boolean onNew = random.nextDouble() < front.weight;
            Outcome outcome = onNew && random.nextDouble() < newErrors
                    ? new Outcome.Failed(ErrorKind.SERVER_ERROR)
                    : Outcome.SERVED;
            long sent = clock.nanos();
            CallId id = new CallId(Purpose.REQUEST, number++);
            timeline.accept(new Event.Attempt(id, onNew ? Arm.NEW : Arm.OLD, 1, sent, sent, outcome));
            timeline.accept(request(id, sent, outcome));
            Thread.sleep(1);
        }
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

    private static Predicate<Event> ended(PhaseDecision decision, double weight) {
        return event -> event instanceof Event.PhaseEnd end && end.decision() == decision && end.weight() == weight;
    }

    private static Predicate<Event> is(RollbackStep step) {
        return event -> event instanceof Event.Rollback rollback && rollback.step() == step;
    }

    private static Predicate<Event> is(Event.ConfigurationMoment when) {
        return event -> event instanceof Event.Configuration configuration && configuration.when() == when;
    }

    private <E extends Event> Stream<E> told(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }

    private List<RollbackStep> steps() {
        return told(Event.Rollback.class).map(Event.Rollback::step).toList();
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException _) {
            return "";
        }
    }

    private static void forever() throws IOException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static final class Asked implements Approval {
        private final List<Question> questions = new CopyOnWriteArrayList<>();
        private volatile Consumer<Answer> answer;
        private volatile boolean withdrawn;

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
