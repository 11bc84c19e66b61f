package dev.changeover.toxics.server;

import static dev.changeover.toxics.server.FakeSite.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.Outlet.Ending;
import dev.changeover.toxics.toxic.Toxic;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowCloseStageTest {

    private final FakeSite site = new FakeSite(1);

    private Stage slowClose(long millis) {
        return new SlowCloseStage(new Toxic.SlowClose(Duration.ofMillis(millis)), site);
    }

    @Test
    void onlyTheEndIsDelayed() {
        Stage stage = slowClose(100);
        stage.data(chunk("a"));
        stage.end(Ending.FIN);
        site.advance(500);
        assertThat(site.seen).containsExactly("0 a", "100 FIN");
    }

    @Test
    void removedItPassesTheEndThatItHolds() {
        Stage stage = slowClose(100);
        stage.end(Ending.RESET);
        site.advance(30);
        stage.removed();
        site.advance(500);
        assertThat(site.seen).containsExactly("30 RESET");
    }
}
