package dev.changeover.toxics.server;

import static dev.changeover.toxics.server.FakeSite.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.Outlet.Ending;
import dev.changeover.toxics.toxic.Toxic;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// In virtual time, so to the millisecond.
class LatencyStageTest {

    private final FakeSite site = new FakeSite(1);

    private static Toxic.Latency latency(long millis, long jitter) {
        return new Toxic.Latency(Duration.ofMillis(millis), Duration.ofMillis(jitter));
    }

    @Test
    void gapsBetweenChunksSurvive() {
        Stage stage = new LatencyStage(latency(100, 0), site);
        stage.data(chunk("a"));
        site.advance(30);
        stage.data(chunk("b"));
        site.advance(500);
        assertThat(site.seen).containsExactly("100 a", "130 b");
        assertThat(site.touched).isEqualTo(2);
    }

    @Test
    void chainedLatenciesAddUp() {
        FakeSite second = new FakeSite(2);
        Stage after = new LatencyStage(latency(50, 0), second);
        Stage first = new LatencyStage(latency(100, 0), site);
        first.data(chunk("a"));
        site.advance(100);
        second.advance(100);
        after.data(chunk("a"));
        second.advance(100);
        assertThat(site.seen).containsExactly("100 a");
        assertThat(second.seen).containsExactly("150 a");
    }

    @Test
    void jitterKeepsTheOrderAndTheRange() {
        Stage stage = new LatencyStage(latency(100, 40), site);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            sent.add("c" + i);
            stage.data(chunk("c" + i));
        }
        site.advance(1_000);
        assertThat(site.seen).extracting(s -> s.split(" ")[1]).isEqualTo(sent);
        assertThat(site.seen)
                .extracting(s -> Integer.parseInt(s.split(" ")[0]))
                .allMatch(at -> at >= 60 && at <= 139)
                .isSorted();
    }

    @Test
    void jitterWiderThanTheLatencyNeverGoesBackInTime() {
        Stage stage = new LatencyStage(latency(0, 10), site);
        for (int i = 0; i < 100; i++) {
            stage.data(chunk("x"));
            site.advance(20);
        }
        assertThat(site.seen).hasSize(100);
    }

    @Test
    void anEndWaitsForTheDataBeforeIt() {
        Stage stage = new LatencyStage(latency(100, 0), site);
        stage.data(chunk("a"));
        site.advance(10);
        stage.end(Ending.FIN);
        site.advance(200);
        assertThat(site.seen).containsExactly("100 a", "100 FIN");
    }

    @Test
    void aBareEndIsNotDelayed() {
        new LatencyStage(latency(100, 0), site).end(Ending.RESET);
        assertThat(site.seen).containsExactly("0 RESET");
    }

    @Test
    void aShorterDelayIsFeltByWhatIsHeld() {
        Stage stage = new LatencyStage(latency(1_000, 0), site);
        stage.data(chunk("a"));
        stage.data(chunk("b"));
        site.advance(20);
        stage.update(latency(50, 0));
        site.advance(2_000);
        assertThat(site.seen).containsExactly("50 a", "50 b");
    }

    @Test
    void removedItPassesOnWhatItHolds() {
        Stage stage = new LatencyStage(latency(1_000, 0), site);
        stage.data(chunk("a"));
        stage.data(chunk("b"));
        stage.end(Ending.FIN);
        site.advance(20);
        stage.removed();
        assertThat(site.seen).containsExactly("20 a", "20 b", "20 FIN");
        assertThat(site.timers()).isZero();
    }

    @Test
    void itHoldsNoMoreThanItsRoom() {
        Stage stage = new LatencyStage(latency(1_000, 0), site);
        for (int i = 0; i < 1024; i++) {
            assertThat(stage.hasRoom()).isTrue();
            stage.data(chunk("x"));
        }
        assertThat(stage.hasRoom()).isFalse();
        site.advance(1_000);
        assertThat(stage.hasRoom()).isTrue();
    }

    @Test
    void discardedItFreesWhatItHolds() {
        Stage stage = new LatencyStage(latency(1_000, 0), site);
        ByteBuf held = chunk("a");
        stage.data(held);
        stage.discard();
        assertThat(held.refCnt()).isZero();
        assertThat(site.timers()).isZero();
    }
}
