package dev.changeover.toxics.server;

import static dev.changeover.toxics.server.FakeSite.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.Outlet.Ending;
import dev.changeover.toxics.toxic.Toxic;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What holds for each toxic, whatever it does to bytes.
class EveryStageTest {

    private static final Duration WHILE = Duration.ofMillis(40);

    static final List<Toxic> TOXICS = List.of(
            new Toxic.Latency(WHILE, Duration.ofMillis(10)),
            new Toxic.Timeout(WHILE),
            new Toxic.ResetPeer(WHILE),
            new Toxic.SlowClose(WHILE),
            new Toxic.LimitData(4),
            new Toxic.Bandwidth(1),
            new Toxic.Bandwidth(0),
            new Toxic.Slicer(2, 1, WHILE),
            new Toxic.Noop());

    private final FakeSite site = new FakeSite(1);

    @ParameterizedTest
    @FieldSource("TOXICS")
    void aDiscardedStageHoldsNoBytesAndNoTimerAndStaysSilent(Toxic toxic) {
        for (int millis = 0; millis < 120; millis += 7) {
            FakeSite each = new FakeSite(millis);
            Stage stage = Stages.of(toxic, each);
            ByteBuf first = chunk("first");
            ByteBuf second = chunk("second");
            stage.data(first);
            stage.data(second);
            stage.end(Ending.FIN);
            each.advance(millis);

            stage.discard();

            assertThat(first.refCnt() + second.refCnt()).isZero();
            assertThat(each.timers()).isZero();
            List<String> before = List.copyOf(each.seen);
            each.advance(1_000);
            assertThat(each.seen).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @FieldSource("TOXICS")
    void aRemovedStageHoldsNoBytesAndNoTimer(Toxic toxic) {
        for (int millis = 0; millis < 120; millis += 7) {
            FakeSite each = new FakeSite(millis);
            Stage stage = Stages.of(toxic, each);
            ByteBuf first = chunk("first");
            stage.data(first);
            stage.end(Ending.FIN);
            each.advance(millis);

            stage.removed();

            assertThat(first.refCnt()).isZero();
            assertThat(each.timers()).isZero();
        }
    }

    @ParameterizedTest
    @FieldSource("TOXICS")
    void changedHundredsOfTimesItKeepsOneTimer(Toxic toxic) {
        Stage stage = Stages.of(toxic, site);
        stage.data(chunk("first"));
        for (int i = 0; i < 300; i++) {
            stage.update(toxic);
        }
        assertThat(site.timers()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @FieldSource("TOXICS")
    void anUntouchedStageLeavesTheConnectionAsItWasWhenSpared(Toxic toxic) {
        Stages.of(toxic, site).spared();
        site.advance(1_000);
        assertThat(site.seen).isEmpty();
        assertThat(site.timers()).isZero();
    }
}
