package dev.changeover.harness.rehearsal;

import static dev.changeover.harness.rehearsal.FaultBench.fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.history.Event.FaultStep;
import dev.changeover.harness.rehearsal.Caller.Ask;
import dev.changeover.harness.scenario.FaultWindow;
import dev.changeover.harness.units.Arm;
import dev.changeover.toxics.catalog.FaultEffect;
import dev.changeover.toxics.catalog.FaultEffect.PlacedToxic;
import dev.changeover.toxics.catalog.FaultEffect.Pulse;
import dev.changeover.toxics.toxic.Direction;
import dev.changeover.toxics.toxic.Toxic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Just after the history says that a fault is in force a call is struck, and just after it says that it is gone
/// none is: on fresh connections and on those that were open, with whatever other faults there are.
@Timeout(120)
class FaultsInForceTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofMillis(300);

    @TempDir
    static Path folder;

    private FaultBench bench;

    @BeforeEach
    void start() throws Exception {
        bench = FaultBench.start(folder);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    /// 120 ms late, 60 ms late, and answered 503: who is there can be told from what a caller sees.
    @ParameterizedTest
    @CsvSource({"1,2,3", "1,3,2", "2,1,3", "2,3,1", "3,1,2", "3,2,1"})
    void threeOverlapOnOneTargetAndAreLiftedInAnyOrder(int slow, int far, int failing) throws Exception {
        List<FaultWindow> faults = List.of(
                fault(0, 100 + slow, "brownout-latency", Map.of("latency", "120ms", "jitter", "0ms")),
                fault(1, 99 + far, "cross-region-latency", Map.of("latency", "30ms")),
                fault(2, 98 + failing, "intermittent-5xx", Map.of("share", "100%")));
        Set<Integer> there = new TreeSet<>();
        try (Caller kept = bench.connect(Arm.OLD)) {
            assertSees(there, kept);
            bench.play(faults, step -> {
                if (step.step() == FaultStep.IN_FORCE) {
                    there.add(step.index());
                } else if (step.step() == FaultStep.GONE) {
                    there.remove(step.index());
                }
                if (step.step() == FaultStep.IN_FORCE || step.step() == FaultStep.GONE) {
                    try (Caller fresh = bench.connect(Arm.OLD)) {
                        assertSees(there, fresh);
                    }
                    assertSees(there, kept);
                }
            });
        }
        assertThat(there).isEmpty();
    }

    private static void assertSees(Set<Integer> there, Caller caller) throws Exception {
        int status = there.contains(2) ? 503 : 200;
        Duration late = Duration.ofMillis((there.contains(0) ? 120 : 0) + (there.contains(1) ? 60 : 0));
        Duration quickest = LONG;
        for (int attempt = 0; attempt < 20 && quickest.compareTo(late.plusMillis(60)) >= 0; attempt++) {
            Seen seen = caller.ask(Ask.MODELS, 1, LONG);
            assertThat(seen.status()).as("with %s", there).isEqualTo(status);
            assertThat(seen.last()).as("with %s", there).isGreaterThanOrEqualTo(late);
            quickest = seen.last();
        }
        assertThat(quickest).as("with %s", there).isLessThan(late.plusMillis(60));
    }

    @Test
    void aTargetThatTwoFaultsRefuseIsBackOnceBothAreGone() throws Exception {
        List<String> seen = new ArrayList<>();
        bench.play(
                List.of(fault(0, 100, "region-refused", Map.of()), fault(1, 100, "region-refused", Map.of())),
                step -> seen.add("%d %s: %s".formatted(step.index(), step.step(), outcomeOfAFreshCall())));
        assertThat(seen)
                .containsExactly(
                        "0 ASKED: served",
                        "0 IN_FORCE: refused",
                        "1 ASKED: refused",
                        "1 IN_FORCE: refused",
                        "0 LIFTING: refused",
                        "0 GONE: refused",
                        "1 LIFTING: refused",
                        "1 GONE: served");
    }

    @Test
    void openConnectionsAreClosedWhenTheirTargetRefuses() throws Exception {
        try (Caller kept = bench.connect(Arm.OLD)) {
            kept.ask(Ask.MODELS, 1, LONG);
            bench.play(List.of(fault(0, 1, "region-refused", Map.of())), step -> {
                if (step.step() == FaultStep.IN_FORCE) {
                    assertThat(kept.ask(Ask.MODELS, 1, LONG).end()).isIn(Seen.End.CLOSED, Seen.End.RESET);
                }
            });
        }
    }

    @Test
    void theSameFaultTwiceIsThereUntilBothAreGone() throws Exception {
        List<String> seen = new ArrayList<>();
        Map<String, String> all = Map.of("share", "100%");
        bench.play(
                List.of(fault(0, 100, "intermittent-5xx", all), fault(1, 100, "intermittent-5xx", all)),
                step -> seen.add("%d %s: %s".formatted(step.index(), step.step(), outcomeOfAFreshCall())));
        assertThat(seen)
                .containsExactly(
                        "0 ASKED: served",
                        "0 IN_FORCE: overloaded",
                        "1 ASKED: overloaded",
                        "1 IN_FORCE: overloaded",
                        "0 LIFTING: overloaded",
                        "0 GONE: overloaded",
                        "1 LIFTING: overloaded",
                        "1 GONE: served");
    }

    @Test
    void aDarkRegionIsSilentUntilItIsGone() throws Exception {
        try (Caller open = bench.connect(Arm.OLD)) {
            open.ask(Ask.MODELS, 1, LONG);
            bench.play(List.of(fault(0, 1, "region-outage", Map.of())), step -> {
                switch (step.step()) {
                    case IN_FORCE, LIFTING -> {
                        assertThat(open.ask(Ask.MODELS, 1, SILENCE).end()).isEqualTo(Seen.End.SILENT);
                        try (Caller fresh = bench.connect(Arm.OLD)) {
                            assertThat(fresh.ask(Ask.MODELS, 1, SILENCE).end()).isEqualTo(Seen.End.SILENT);
                        }
                    }
                    case ASKED, GONE -> assertThat(outcomeOfAFreshCall()).isEqualTo("served");
                    case PAUSED, RESUMED -> throw new AssertionError("it does not come and go");
                }
            });
        }
    }

    @Test
    void oneThatComesAndGoesStrikesInItsTurnsOnly() throws Exception {
        Pulse turns = new Pulse(Duration.ofMillis(100), Duration.ofMillis(100));
        FaultEffect refusing = FaultEffect.refusing().pulsing(turns);
        FaultEffect failing = fault(0, 1, "intermittent-5xx", Map.of("share", "100%"))
                .effect()
                .pulsing(turns);
        for (FaultEffect effect : List.of(refusing, failing)) {
            List<String> seen = new ArrayList<>();
            bench.play(
                    List.of(fault(0, 350, "flapping", effect)),
                    step -> seen.add("%s: %s".formatted(step.step(), outcomeOfAFreshCall())));
            String struck = effect.refused() ? "refused" : "overloaded";
            assertThat(seen)
                    .containsExactly(
                            "ASKED: served",
                            "IN_FORCE: " + struck,
                            "PAUSED: served",
                            "RESUMED: " + struck,
                            "PAUSED: served",
                            "LIFTING: served",
                            "GONE: served");
        }
    }

    @Test
    void oneThatCannotBePutInForceLeavesNothingBehind() throws Exception {
        FaultEffect halfway = FaultEffect.ofToxics(
                new PlacedToxic(new Toxic.Timeout(Duration.ZERO), Direction.DOWNSTREAM, 1),
                new PlacedToxic(new Toxic.Noop(), Direction.DOWNSTREAM, 1));
        assertThatThrownBy(() -> bench.play(List.of(fault(0, 100, "halfway", halfway)), _ -> {}))
                .hasMessageContaining("noop");
        assertThat(outcomeOfAFreshCall()).isEqualTo("served");
    }

    private String outcomeOfAFreshCall() throws Exception {
        try (Caller fresh = bench.connect(Arm.OLD)) {
            return fresh.ask(Ask.WHOLE, 1, LONG).outcome();
        }
    }
}
