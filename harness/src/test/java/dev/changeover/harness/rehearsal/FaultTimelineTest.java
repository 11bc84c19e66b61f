package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.FaultStep;
import dev.changeover.harness.scenario.FaultWindow;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Ticker;
import dev.changeover.toxics.catalog.FaultEffect;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTimelineTest {

    private static final FaultWindow DARK = window(Duration.ofMillis(20), Duration.ofMillis(20), "region-outage");
    private static final FaultWindow SLOW = window(Duration.ofMillis(30), Duration.ofMillis(40), "brownout-latency");

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final List<String> acts = new ArrayList<>();

    @Test
    void overlappingFaultsAreSetAndLiftedInTheOrderOfTheirTimes() throws Exception {
        try (FaultTimeline timeline = timeline(2, (index, fault) -> acts.add("set " + fault.fault()))) {
            timeline.start();
            assertThat(next(8))
                    .extracting(event -> "%d %s".formatted(event.index(), event.step()))
                    .containsExactly(
                            "0 ASKED",
                            "0 IN_FORCE",
                            "1 ASKED",
                            "1 IN_FORCE",
                            "0 LIFTING",
                            "0 GONE",
                            "1 LIFTING",
                            "1 GONE");
        }
        assertThat(acts)
                .containsExactly(
                        "set region-outage", "set brownout-latency", "lift region-outage", "lift brownout-latency");
    }

    @Test
    void timesAreTraceTimeDividedBySpeed() throws Exception {
        try (FaultTimeline timeline = timeline(2, (_, _) -> {})) {
            timeline.start();
            assertThat(next(1).getFirst().atNanos())
                    .isGreaterThanOrEqualTo(Duration.ofMillis(10).toNanos());
        }
    }

    @Test
    void aFaultIsNotInForceBeforeTheTestbedSaysSo() throws Exception {
        SynchronousQueue<String> hold = new SynchronousQueue<>();
        try (FaultTimeline timeline = timeline(1, (_, _) -> take(hold))) {
            timeline.start();
            assertThat(next(1).getFirst().step()).isEqualTo(FaultStep.ASKED);
            assertThat(events).isEmpty();
            hold.put("go on");
            assertThat(next(1).getFirst().step()).isEqualTo(FaultStep.IN_FORCE);
        }
    }

    @Test
    void oneThatComesAndGoesIsSetAndLiftedInTurns() throws Exception {
        FaultWindow flapping = pulsing(Duration.ofMillis(250));
        try (FaultTimeline timeline = timeline(List.of(flapping), 1, (_, _) -> acts.add("set"))) {
            timeline.start();
            assertThat(next(6))
                    .extracting(Event.Fault::step)
                    .containsExactly(
                            FaultStep.ASKED,
                            FaultStep.IN_FORCE,
                            FaultStep.PAUSED,
                            FaultStep.RESUMED,
                            FaultStep.LIFTING,
                            FaultStep.GONE);
        }
        assertThat(acts).containsExactly("set", "lift flapping", "set", "lift flapping");
    }

    @Test
    void oneThatIsAwayAtItsEndIsNotLiftedTwice() throws Exception {
        FaultWindow flapping = pulsing(Duration.ofMillis(150));
        try (FaultTimeline timeline = timeline(List.of(flapping), 1, (_, _) -> acts.add("set"))) {
            timeline.start();
            assertThat(next(5))
                    .extracting(Event.Fault::step)
                    .containsExactly(
                            FaultStep.ASKED, FaultStep.IN_FORCE, FaultStep.PAUSED, FaultStep.LIFTING, FaultStep.GONE);
        }
        assertThat(acts).containsExactly("set", "lift flapping");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTestbedThatRefusesEndsTheTimelineAndIsTold(boolean expected) throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        FaultTimeline timeline = new FaultTimeline(
                List.of(DARK, SLOW),
                1,
                Ticker.since(System.nanoTime()),
                events::add,
                (_, _) -> {
                    if (expected) {
                        throw new IOException("toxiproxy is gone");
                    }
                    throw new IllegalStateException("toxiproxy is gone");
                },
                (_, _) -> {},
                failure -> told.add(failure.getMessage()));
        try (timeline) {
            timeline.start();
            assertThat(told.take()).isEqualTo("toxiproxy is gone");
        }
        assertThat(next(1).getFirst().step()).isEqualTo(FaultStep.ASKED);
        assertThat(events).isEmpty();
    }

    private FaultTimeline timeline(double speed, FaultTimeline.Act inject) {
        return timeline(List.of(DARK, SLOW), speed, inject);
    }

    private FaultTimeline timeline(List<FaultWindow> faults, double speed, FaultTimeline.Act inject) {
        return new FaultTimeline(
                faults,
                speed,
                Ticker.since(System.nanoTime()),
                events::add,
                inject,
                (_, fault) -> acts.add("lift " + fault.fault()),
                failure -> acts.add("failed: " + failure.getMessage()));
    }

    private List<Event.Fault> next(int count) throws InterruptedException {
        List<Event.Fault> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add((Event.Fault) events.take());
        }
        return taken;
    }

    private static void take(SynchronousQueue<String> hold) throws IOException {
        try {
            hold.take();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static FaultWindow pulsing(Duration length) {
        FaultEffect.Pulse turns = new FaultEffect.Pulse(Duration.ofMillis(100), Duration.ofMillis(100));
        return new FaultWindow(
                Duration.ZERO,
                length,
                Arm.OLD,
                "flapping",
                FaultEffect.refusing().pulsing(turns));
    }

    private static FaultWindow window(Duration at, Duration length, String name) {
        return new FaultWindow(at, length, Arm.OLD, name, FaultEffect.refusing());
    }
}
