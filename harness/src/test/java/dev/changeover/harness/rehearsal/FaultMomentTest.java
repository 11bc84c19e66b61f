package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.FaultWindow;
import dev.changeover.harness.units.Arm;
import dev.changeover.toxics.catalog.FaultEffect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultMomentTest {

    private static final FaultEffect STEADY = FaultEffect.refusing();

    @Test
    void aFaultBeginsAndEndsInTraceTime() {
        assertThat(course(STEADY, 10, 4, 2)).containsExactly("5000 BEGIN", "7000 END");
    }

    @Test
    void oneThatComesAndGoesDoesSoInWallTimeCountedFromItsStart() {
        assertThat(course(pulsing(1_000, 500), 10, 8, 2))
                .containsExactly("5000 BEGIN", "6000 PAUSE", "6500 RESUME", "7500 PAUSE", "8000 RESUME", "9000 END");
    }

    @Test
    void itIsGoneAtItsEndWhicheverTurnThatFallsInto() {
        assertThat(course(pulsing(1_000, 500), 0, 1.2, 1)).containsExactly("0 BEGIN", "1000 PAUSE", "1200 END");
        assertThat(course(pulsing(1_000, 500), 0, 1.7, 1))
                .containsExactly("0 BEGIN", "1000 PAUSE", "1500 RESUME", "1700 END");
        assertThat(course(pulsing(1_000, 500), 0, 1, 1)).containsExactly("0 BEGIN", "1000 END");
        assertThat(course(pulsing(1_000, 500), 0, 0.4, 1)).containsExactly("0 BEGIN", "400 END");
    }

    @Test
    void turnsDoNotDriftHoweverManyThereAre() {
        assertThat(course(pulsing(300, 100), 0, 3_600, 1))
                .hasSize(18_001)
                .endsWith("3599600 RESUME", "3599900 PAUSE", "3600000 END");
    }

    @Test
    void whatEndsGoesFirst() {
        FaultMoment ends = moments(STEADY, 0, 1, 1).getLast();
        FaultMoment begins = moments(STEADY, 1, 1, 1).getFirst();
        assertThat(Stream.of(begins, ends).sorted()).containsExactly(ends, begins);
    }

    private static FaultEffect pulsing(long onMillis, long offMillis) {
        return STEADY.pulsing(new FaultEffect.Pulse(Duration.ofMillis(onMillis), Duration.ofMillis(offMillis)));
    }

    private static List<String> course(FaultEffect effect, double at, double length, double speed) {
        return moments(effect, at, length, speed).stream()
                .map(moment -> "%d %s".formatted(moment.atNanos() / 1_000_000, moment.turn()))
                .toList();
    }

    private static List<FaultMoment> moments(FaultEffect effect, double at, double length, double speed) {
        FaultWindow fault = new FaultWindow(seconds(at), seconds(length), Arm.OLD, "flapping", effect);
        return Stream.iterate(
                        Optional.of(FaultMoment.first(0, fault, speed)),
                        Optional::isPresent,
                        moment -> moment.flatMap(FaultMoment::next))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }
}
