package dev.changeover.harness.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.FaultStep;
import dev.changeover.harness.units.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FaultTimesTest {

    private final List<Event.Fault> steps = new ArrayList<>();

    @Test
    void aFaultIsThereFromInForceToGone() {
        step(0, FaultStep.ASKED, 9).step(0, FaultStep.IN_FORCE, 10).step(0, FaultStep.LIFTING, 19);
        step(0, FaultStep.GONE, 20);

        assertThat(only().turns()).containsExactly(turn(10, 20));
        assertThat(only().goneNanos()).hasValue(20);
    }

    @Test
    void oneThatComesAndGoesMeetsNobodyWhileItIsAway() {
        step(0, FaultStep.IN_FORCE, 10).step(0, FaultStep.PAUSED, 20);
        step(0, FaultStep.RESUMED, 30).step(0, FaultStep.PAUSED, 40).step(0, FaultStep.GONE, 45);

        assertThat(only().turns()).containsExactly(turn(10, 20), turn(30, 40));
        assertThat(only().goneNanos()).hasValue(45);
        assertThat(only().holds(25)).as("it is in force all the same").isTrue();
        assertThat(only().meets(21, 29)).isFalse();
        assertThat(only().meets(41, 44)).isFalse();
        assertThat(only().meets(1, 9)).isFalse();
        assertThat(only().meets(19, 29)).isTrue();
        assertThat(only().meets(21, 31)).isTrue();
        assertThat(only().meets(1, 50)).isTrue();
    }

    @Test
    void theEndTakesAwayOneWhoseTurnItWas() {
        step(0, FaultStep.IN_FORCE, 10).step(0, FaultStep.PAUSED, 20);
        step(0, FaultStep.RESUMED, 30).step(0, FaultStep.GONE, 35);

        assertThat(only().turns()).containsExactly(turn(10, 20), turn(30, 35));
    }

    @Test
    void oneThatTheRunLeftBehindIsThereForGood() {
        step(0, FaultStep.IN_FORCE, 10).step(0, FaultStep.PAUSED, 20).step(0, FaultStep.RESUMED, 30);

        assertThat(only().turns()).containsExactly(turn(10, 20), new FaultTimes.Turn(30, OptionalLong.empty()));
        assertThat(only().goneNanos()).isEmpty();
        assertThat(only().meets(1_000, 1_001)).isTrue();
    }

    @Test
    void oneThatCouldNotBeSetWasNeverThere() {
        step(0, FaultStep.ASKED, 10);

        assertThat(times().windows()).isEmpty();
    }

    private FaultTimesTest step(int index, FaultStep step, long atNanos) {
        steps.add(new Event.Fault(index, "flapping", Arm.OLD, step, atNanos));
        return this;
    }

    private FaultTimes.Window only() {
        assertThat(times().windows()).hasSize(1);
        return times().windows().getFirst();
    }

    private FaultTimes times() {
        return FaultTimes.of(steps);
    }

    private static FaultTimes.Turn turn(long from, long until) {
        return new FaultTimes.Turn(from, OptionalLong.of(until));
    }
}
