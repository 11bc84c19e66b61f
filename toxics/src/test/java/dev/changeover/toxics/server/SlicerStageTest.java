package dev.changeover.toxics.server;

import static dev.changeover.toxics.server.FakeSite.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.Outlet.Ending;
import dev.changeover.toxics.toxic.Toxic;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// In virtual time, so to the millisecond.
class SlicerStageTest {

    private static final String LONG = "0123456789".repeat(100);

    private final FakeSite site = new FakeSite(1);

    private static Toxic.Slicer slicer(long averageSize, long sizeVariation, long delayMillis) {
        return new Toxic.Slicer(averageSize, sizeVariation, Duration.ofMillis(delayMillis));
    }

    private static List<String> slices(FakeSite site) {
        return site.seen.stream().map(s -> s.split(" ")[1]).toList();
    }

    @Test
    void aChunkIsHalvedUntilItsSlicesAreSmallEnough() {
        new SlicerStage(slicer(3, 0, 0), site).data(chunk("abcdefgh"));
        assertThat(site.seen).containsExactly("0 ab", "0 cd", "0 ef", "0 gh");
        assertThat(site.touched).isEqualTo(1);
    }

    @Test
    void eachSliceIsSentByItself() {
        new SlicerStage(slicer(2, 0, 0), site).data(chunk("abcdefgh"));
        assertThat(site.flushes).isEqualTo(4);
    }

    @Test
    void thereIsAPauseAfterEachSlice() {
        Stage stage = new SlicerStage(slicer(2, 0, 10), site);
        stage.data(chunk("abcd"));
        stage.data(chunk("efgh"));
        stage.end(Ending.FIN);
        site.advance(100);
        assertThat(site.seen).containsExactly("0 ab", "10 cd", "20 ef", "30 gh", "40 FIN");
    }

    @Test
    void slicesVaryAroundTheAverage() {
        new SlicerStage(slicer(50, 20, 0), site).data(chunk(LONG));
        assertThat(String.join("", slices(site))).isEqualTo(LONG);
        assertThat(slices(site)).allMatch(slice -> slice.length() <= 70);
        assertThat(slices(site).stream().map(String::length).distinct()).hasSizeGreaterThan(10);
    }

    @Test
    void theSameSeedCutsTheSameSlices() {
        FakeSite again = new FakeSite(1);
        FakeSite other = new FakeSite(2);
        for (FakeSite each : List.of(site, again, other)) {
            new SlicerStage(slicer(50, 20, 0), each).data(chunk(LONG));
        }
        assertThat(slices(again)).isEqualTo(slices(site));
        assertThat(slices(other)).isNotEqualTo(slices(site));
    }

    @Test
    void sizeZeroLeavesChunksWhole() {
        Stage stage = new SlicerStage(slicer(0, 0, 10), site);
        stage.data(chunk(LONG));
        stage.data(chunk("b"));
        site.advance(100);
        assertThat(site.seen).containsExactly("0 " + LONG, "10 b");
    }

    @Test
    void theWidestVariationStillCutsSlicesThatAreNotEmpty() {
        new SlicerStage(slicer(2, 1, 0), site).data(chunk(LONG));
        assertThat(String.join("", slices(site))).isEqualTo(LONG);
        assertThat(slices(site)).allMatch(slice -> !slice.isEmpty() && slice.length() <= 3);
    }

    @Test
    void lateTimersDoNotAddUp() {
        site.timersAreLateBy(Duration.ofMillis(1));
        new SlicerStage(slicer(1, 0, 10), site).data(chunk("0123456789"));
        site.advance(1_000);
        assertThat(site.seen).last().isEqualTo("91 9");
    }

    @Test
    void aLateTimerIsNotFollowedByABurst() {
        site.timersAreLateBy(Duration.ofMillis(35));
        new SlicerStage(slicer(1, 0, 10), site).data(chunk("abcd"));
        site.advance(1_000);
        assertThat(site.seen).containsExactly("0 a", "45 b", "80 c", "115 d");
    }

    @Test
    void newSettingsAreFeltByWhatIsHeld() {
        Stage stage = new SlicerStage(slicer(2, 0, 1_000), site);
        stage.data(chunk("abcdefgh"));
        site.advance(20);
        stage.update(slicer(4, 0, 50));
        site.advance(500);
        assertThat(site.seen).containsExactly("0 ab", "50 cd", "100 efgh");
    }

    @Test
    void aPauseTakenAwayEndsAtOnce() {
        Stage stage = new SlicerStage(slicer(2, 0, 1_000), site);
        stage.data(chunk("abcd"));
        stage.end(Ending.FIN);
        site.advance(20);
        stage.update(slicer(2, 0, 0));
        assertThat(site.seen).containsExactly("0 ab", "20 cd", "20 FIN");
        assertThat(site.timers()).isZero();
    }

    @Test
    void removedItPassesOnWhatItHolds() {
        Stage stage = new SlicerStage(slicer(2, 0, 1_000), site);
        stage.data(chunk("abcdef"));
        stage.data(chunk("gh"));
        stage.end(Ending.FIN);
        site.advance(20);
        stage.removed();
        assertThat(String.join("", slices(site))).isEqualTo("abcdefghFIN");
        assertThat(site.timers()).isZero();
    }

    @Test
    void itTakesOneChunkAtATime() {
        Stage stage = new SlicerStage(slicer(2, 0, 10), site);
        assertThat(stage.hasRoom()).isTrue();
        stage.data(chunk("abcd"));
        assertThat(stage.hasRoom()).isFalse();
        site.advance(10);
        assertThat(stage.hasRoom()).isTrue();
    }

    @Test
    void discardedItFreesWhatItHolds() {
        Stage stage = new SlicerStage(slicer(2, 0, 10), site);
        ByteBuf held = chunk("abcdefgh");
        stage.data(held);
        stage.discard();
        assertThat(held.refCnt()).isZero();
        assertThat(site.timers()).isZero();
    }
}
