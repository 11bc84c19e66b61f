package dev.changeover.harness.rehearsal;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.RunEnded.End;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.history.HistoryException;
import dev.changeover.harness.history.HistoryWriter;
import dev.changeover.harness.provider.Admission;
import dev.changeover.harness.replay.Replayer;
import dev.changeover.harness.replay.Target;
import dev.changeover.harness.rollout.Approval;
import dev.changeover.harness.scenario.Budget;
import dev.changeover.harness.scenario.Load;
import dev.changeover.harness.scenario.Price;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.units.Arm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/// One run: starts the testbed, plays the traffic and the faults on one clock, and leaves a history behind.
public final class Rehearsal {

    private static final Duration BETWEEN_GATEWAY_AND_WARM_UP = Duration.ofMillis(500);

    private final Scenario scenario;
    private final String resolvedYaml;
    private final Place place;
    private final Plan plan;
    private final Fits fits;
    private final Secrets secrets;
    private final Path historyFile;
    private final Consumer<Progress> watcher;
    private final RunClock clock = new RunClock();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<Event.RunEnded> stopReason = new AtomicReference<>();
    private final AtomicReference<Replayer> playing = new AtomicReference<>();
    private final Approval approval;
    private volatile List<String> notUndone = List.of();
    private volatile EventSink rollingOut = _ -> {};

    /// @param parsed its text goes into the history, so that it can be judged without any other file
    /// @param historyFile is made by the run and must not be there; other files of the run's are made beside it
    /// @param watcher told once a second how the run stands
    public Rehearsal(
            ScenarioParser.Parsed parsed, Plan plan, Secrets secrets, Path historyFile, Consumer<Progress> watcher) {
        this(parsed, plan, secrets, historyFile, watcher, Approval.NOBODY);
    }

    /// @param approval asked at the end of each phase of a rollout whose gate is manual
    public Rehearsal(
            ScenarioParser.Parsed parsed,
            Plan plan,
            Secrets secrets,
            Path historyFile,
            Consumer<Progress> watcher,
            Approval approval) {
        this(parsed, plan, Fits.of(parsed.scenario()), secrets, historyFile, watcher, approval);
    }

    /// @param fits of the scenario's providers
    public Rehearsal(
            ScenarioParser.Parsed parsed,
            Plan plan,
            Fits fits,
            Secrets secrets,
            Path historyFile,
            Consumer<Progress> watcher,
            Approval approval) {
        this.fits = fits;
        this.approval = approval;
        this.scenario = parsed.scenario();
        this.resolvedYaml = parsed.resolvedYaml();
        this.place = new Place(parsed.folder(), historyFile.toAbsolutePath().getParent());
        this.plan = plan;
        this.secrets = secrets;
        this.historyFile = historyFile;
        this.watcher = watcher;
    }

    /// Runs to the end of the timeline, or until it is stopped. Whatever it started is stopped when it returns.
    ///
    /// @throws TestbedException when the testbed could not be started
    /// @throws HistoryException when the history could not be written to its end
    public Event.RunEnded run() throws TestbedException, HistoryException {
        try (HistoryWriter history = HistoryWriter.open(historyFile, this::historyFailed)) {
            LiveView live = new LiveView(plan);
            EventSink events = sink(history, live);
            try {
                Event.RunEnded ended = inTestbed(events, live);
                events.accept(ended);
                return ended;
            } catch (TestbedException | RuntimeException e) {
                events.accept(new Event.RunEnded(clock.nanos(), End.TESTBED_FAILED, String.valueOf(e.getMessage())));
                throw e;
            }
        }
    }

    /// Sentences about what the run changed and could not put back; empty while it lasts.
    public List<String> notUndone() {
        return notUndone;
    }

    private Event.RunEnded inTestbed(EventSink events, LiveView live) throws TestbedException {
        Testbed testbed = Testbed.start(
                scenario, fits, TraceLengths.of(scenario, plan), secrets, place, clock, events, admissions());
        Event.RunEnded ended;
        try (testbed) {
            events.accept(started(testbed));
            testbed.undone().forEach(text -> events.accept(new Event.Warning(clock.nanos(), text)));
            ended = rehearse(testbed, events, live);
        } catch (TestbedException | RuntimeException e) {
            notUndone = testbed.notUndone();
            if (notUndone.isEmpty()) {
                throw e;
            }
            throw new TestbedException(e.getMessage() + "\n" + whatWasNotUndone(), e);
        }
        notUndone = testbed.notUndone();
        if (!notUndone.isEmpty()) {
            throw new TestbedException(whatWasNotUndone(), null);
        }
        return ended;
    }

    private String whatWasNotUndone() {
        return "not everything was put back as it was:\n    " + String.join("\n    ", notUndone);
    }

    /// Ends the run early, from any thread. The history is kept and everything is undone.
    public void stop(End why, String detail) {
        if (stopReason.compareAndSet(null, new Event.RunEnded(clock.nanos(), why, detail))) {
            stopped.countDown();
            Replayer replayer = playing.get();
            if (replayer != null) {
                replayer.stop();
            }
        }
    }

    private Event.RunEnded rehearse(Testbed testbed, EventSink events, LiveView live) throws TestbedException {
        Optional<String> notReady = testbed.openGateway(() -> stopReason.get() != null);
        if (notReady.isPresent()) {
            Event.RunEnded early = stopReason.get();
            return early != null ? early : new Event.RunEnded(clock.nanos(), End.GATEWAY_NOT_READY, notReady.get());
        }
        try (OpenTraffic traffic = new OpenTraffic(scenario, plan.warmUpRate(scenario))) {
            return rehearse(testbed, events, live, traffic);
        }
    }

    private Event.RunEnded rehearse(Testbed testbed, EventSink events, LiveView live, OpenTraffic traffic)
            throws TestbedException {
        Duration warmUp = scenario.traffic().warmUp();
        clock.startIn(warmUp.plus(BETWEEN_GATEWAY_AND_WARM_UP));
        Front front = testbed.openFront();
        List<Target> targets = testbed.targets(front);
        try (Replayer replayer = new Replayer(
                        targets,
                        scenario.traffic().patience(),
                        scenario.traffic().load(),
                        clock,
                        events);
                VitalsMonitor vitals = new VitalsMonitor(
                        clock,
                        events,
                        replayer::inFlight,
                        () -> watcher.accept(live.progress(clock.nanos(), replayer.inFlight(), targets.size())));
                FaultTimeline faults = new FaultTimeline(
                        scenario.faults(),
                        scenario.traffic().speed(),
                        clock,
                        events,
                        testbed::inject,
                        testbed::lift,
                        e -> stop(End.TESTBED_FAILED, "a fault could not be set: " + e.getMessage()));
                ToxiproxyWatch toxiproxy = new ToxiproxyWatch(
                        testbed.toxiproxy()::failure, why -> stop(End.TESTBED_FAILED, "the Toxiproxy failed: " + why));
                FrontProbes probes = new FrontProbes(front, scenario.alerts(), clock, events);
                RolloutTimeline rollout = new RolloutTimeline(
                        scenario,
                        front,
                        approval,
                        historyFile.toAbsolutePath().resolveSibling("rollback.log"),
                        clock,
                        events,
                        e -> stop(End.TESTBED_FAILED, "the rollout could not go on: " + e))) {
            playing.set(replayer);
            if (stopReason.get() != null) {
                replayer.stop();
            }
            vitals.start();
            faults.start();
            toxiproxy.start();
            probes.start();
            rollingOut = rollout;
            rollout.start();
            play(replayer, traffic);
        }
        Event.RunEnded early = stopReason.get();
        return early != null ? early : new Event.RunEnded(clock.nanos(), End.COMPLETED, "");
    }

    private void play(Replayer replayer, OpenTraffic traffic) throws TestbedException {
        boolean closed = scenario.traffic().load() instanceof Load.Closed;
        traffic.play(replayer, spanNanos() > 0 ? spanNanos() : Long.MAX_VALUE);
        try {
            long restNanos = closed ? 0 : plan.spanNanos() - clock.nanos();
            if (!stopped.await(restNanos, TimeUnit.NANOSECONDS)) {
                replayer.drain();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("the run was interrupted from inside", e);
        }
    }

    /// From t0 to the end of the timeline; 0 where only the end of the run tells.
    private long spanNanos() {
        boolean closed = scenario.traffic().load() instanceof Load.Closed;
        return closed && scenario.traffic().length().isEmpty() ? 0 : plan.spanNanos();
    }

    private EventSink sink(HistoryWriter history, LiveView live) {
        List<EventSink> sinks = new ArrayList<>(List.of(history, live, event -> rollingOut.accept(event)));
        scenario.budget()
                .flatMap(Budget::maxSpend)
                .ifPresent(limit -> sinks.add(new SpendGuard(
                        prices(), limit, spent -> stop(End.BUDGET, "spent %s of %s".formatted(spent, limit)))));
        return event -> sinks.forEach(sink -> sink.accept(event));
    }

    private Function<Arm, Admission> admissions() {
        return scenario.budget()
                .map(budget ->
                        new CallGuard(budget, BudgetCheck.counted(scenario), clock, why -> stop(End.BUDGET, why)))
                .<Function<Arm, Admission>>map(guard -> guard::of)
                .orElse(_ -> Admission.ALL);
    }

    private Map<Arm, Price> prices() {
        Map<Arm, Price> prices = new EnumMap<>(Arm.class);
        scenario.providers().forEach((arm, provider) -> provider.price().ifPresent(price -> prices.put(arm, price)));
        return prices;
    }

    private void historyFailed() {
        stop(End.TESTBED_FAILED, "the history cannot be written");
    }

    private Event.RunStarted started(Testbed testbed) {
        return new Event.RunStarted(
                Version.TEXT,
                resolvedYaml,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                System.getProperty("java.vm.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                testbed.toxiproxy().description(),
                plan.trace(),
                plan.requests(),
                plan.schedule().arrived(),
                spanNanos(),
                evidence(),
                plan.schedule().generatedBodies() > 0,
                fits.events());
    }

    private SortedMap<String, String> evidence() {
        SortedMap<String, String> evidence = new TreeMap<>();
        scenario.providers().forEach((arm, provider) -> evidence.put(arm.word(), evidenceOf(provider)));
        return evidence;
    }

    private static String evidenceOf(Provider provider) {
        return switch (provider.source()) {
            case Provider.Source.Simulated _, Provider.Source.Fitted _ -> "simulated";
            case Provider.Source.Stubbed _ -> "stubbed";
            case Provider.Source.Real _ -> "real";
        };
    }
}
