package dev.changeover.harness.rehearsal;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.FaultStep;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.scenario.FaultWindow;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.units.Arm;
import dev.changeover.toxics.catalog.Catalog;
import dev.changeover.toxics.catalog.FaultEffect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A testbed without a gateway, whose faults a test plays or sets itself, and whose providers answer at once.
final class FaultBench implements AutoCloseable {

    private static final String YAML = """
        scenario: bench
        about: Two providers, asked directly.
        traffic: { trace: trace.jsonl }
        providers:
          old: { simulate: { profile: instant } }
          new: { simulate: { profile: instant } }
        gateway: none
        expect: { error_rate: { max: 1% } }
        """;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final RunClock clock = new RunClock();
    private final Testbed testbed;
    private final Map<Arm, Integer> ports;

    private FaultBench(Path folder) throws Exception {
        Files.writeString(folder.resolve("trace.jsonl"), """
            {"changeover_trace":1,"about":"Made up."}
            {"at_ms":0,"model":"gpt-4.1","stream":true,"input_tokens":5,"output_tokens":5}
            """);
        ScenarioParser.Parsed parsed = ScenarioParser.parse(YAML, "bench.yaml", folder, List.of());
        testbed =
                Testbed.start(parsed.scenario(), _ -> Optional.empty(), new Place(folder, folder), clock, events::add);
        ports = testbed.openFront().targets().stream()
                .collect(Collectors.toMap(target -> target.arm().orElseThrow(), target -> target.port()));
    }

    static FaultBench start(Path folder) throws Exception {
        return new FaultBench(folder);
    }

    Caller connect(Arm arm) throws IOException {
        return Caller.connect(ports.get(arm));
    }

    Testbed testbed() {
        return testbed;
    }

    /// What the testbed wrote down.
    BlockingQueue<Event> events() {
        return events;
    }

    /// On the old provider.
    static FaultWindow fault(long atMillis, long forMillis, String name, Map<String, String> parameters) {
        return fault(atMillis, forMillis, name, Catalog.find(name).orElseThrow().effectOf(parameters));
    }

    static FaultWindow fault(Arm on, String name, FaultEffect effect) {
        return new FaultWindow(Duration.ZERO, Duration.ofHours(1), on, name, effect);
    }

    /// On the old provider.
    static FaultWindow fault(long atMillis, long forMillis, String name, FaultEffect effect) {
        return new FaultWindow(Duration.ofMillis(atMillis), Duration.ofMillis(forMillis), Arm.OLD, name, effect);
    }

    /// What a test does when it hears of a step.
    interface OnStep {
        void heard(Event.Fault step) throws Exception;
    }

    /// Plays them to the end.
    ///
    /// @param onStep heard on the timeline's thread: nothing else happens to faults meanwhile
    /// @throws Exception what the testbed or the listener threw
    void play(List<FaultWindow> faults, OnStep onStep) throws Exception {
        CountDownLatch over = new CountDownLatch(faults.size());
        BlockingQueue<Exception> failures = new LinkedBlockingQueue<>();
        EventSink listener = event -> {
            Event.Fault step = (Event.Fault) event;
            try {
                onStep.heard(step);
            } catch (Exception | AssertionError e) {
                throw new IllegalStateException("after %s of %s: %s".formatted(step.step(), step.fault(), e), e);
            }
            if (step.step() == FaultStep.GONE) {
                over.countDown();
            }
        };
        clock.startIn(Duration.ZERO);
        try (FaultTimeline timeline =
                new FaultTimeline(faults, 1, clock, listener, testbed::inject, testbed::lift, failure -> {
                    failures.add(failure);
                    while (over.getCount() > 0) {
                        over.countDown();
                    }
                })) {
            timeline.start();
            if (!over.await(1, TimeUnit.MINUTES)) {
                throw new AssertionError("the faults were not over after a minute");
            }
        }
        if (!failures.isEmpty()) {
            throw failures.take();
        }
    }

    @Override
    public void close() {
        testbed.close();
    }
}
