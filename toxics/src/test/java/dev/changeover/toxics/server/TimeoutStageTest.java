package dev.changeover.toxics.server;

import static dev.changeover.toxics.server.FakeSite.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.Outlet.Ending;
import dev.changeover.toxics.toxic.Toxic;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeoutStageTest {

    private final FakeSite site = new FakeSite(1);

    private Stage timeout(long millis) {
        return new TimeoutStage(new Toxic.Timeout(Duration.ofMillis(millis)), site);
    }

    @Test
    void dataIsDroppedAndFreed() {
        ByteBuf dropped = chunk("a");
        timeout(0).data(dropped);
        assertThat(dropped.refCnt()).isZero();
        assertThat(site.touched).isEqualTo(1);
        assertThat(site.seen).isEmpty();
    }

    @Test
    void zeroNeverCloses() {
        timeout(0).data(chunk("a"));
        site.advance(Duration.ofDays(1).toMillis());
        assertThat(site.seen).isEmpty();
    }

    @Test
    void eachDroppedChunkStartsTheWaitAgain() {
        Stage stage = timeout(100);
        site.advance(80);
        stage.data(chunk("a"));
        site.advance(500);
        assertThat(site.seen).containsExactly("180 close");
    }

    @Test
    void aConnectionWithoutDataClosesToo() {
        timeout(100);
        site.advance(500);
        assertThat(site.seen).containsExactly("100 close");
    }

    @Test
    void anEndClosesAtOnce() {
        timeout(100).end(Ending.FIN);
        assertThat(site.seen).containsExactly("0 close");
    }

    @Test
    void removedItCloses() {
        timeout(0).removed();
        assertThat(site.seen).containsExactly("0 close");
    }

    @Test
    void sparedItLeavesAConnectionThatLostNothing() {
        timeout(100).spared();
        site.advance(500);
        assertThat(site.seen).isEmpty();
    }

    @Test
    void sparedItClosesAConnectionThatLostBytes() {
        Stage stage = timeout(0);
        stage.data(chunk("a"));
        stage.spared();
        assertThat(site.seen).containsExactly("0 close");
    }

    @Test
    void discardedItForgetsItsTimer() {
        timeout(100).discard();
        site.advance(500);
        assertThat(site.seen).isEmpty();
    }
}
