package dev.changeover.toxics.server;

import static dev.changeover.toxics.server.FakeSite.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.Outlet.Ending;
import dev.changeover.toxics.toxic.Toxic;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResetPeerStageTest {

    private final FakeSite site = new FakeSite(1);

    private static Toxic.ResetPeer after(long millis) {
        return new Toxic.ResetPeer(Duration.ofMillis(millis));
    }

    @Test
    void aSilentConnectionIsLeftAlone() {
        new ResetPeerStage(after(10), site);
        site.advance(1_000);
        assertThat(site.seen).isEmpty();
    }

    @Test
    void theFirstDataStartsTheOnlyWait() {
        Stage stage = new ResetPeerStage(after(100), site);
        site.advance(40);
        stage.data(chunk("a"));
        site.advance(50);
        stage.data(chunk("b"));
        site.advance(500);
        assertThat(site.seen).containsExactly("140 reset");
        assertThat(site.touched).isEqualTo(2);
    }

    @Test
    void anEndIsTurnedIntoAReset() {
        new ResetPeerStage(after(0), site).end(Ending.FIN);
        assertThat(site.seen).containsExactly("0 reset");
    }

    @Test
    void removedInItsWaitItResetsAtOnce() {
        Stage stage = new ResetPeerStage(after(100), site);
        stage.data(chunk("a"));
        stage.removed();
        assertThat(site.seen).containsExactly("0 reset");
    }

    @Test
    void removedBeforeItStruckItDoesNothing() {
        new ResetPeerStage(after(100), site).removed();
        assertThat(site.seen).isEmpty();
    }
}
