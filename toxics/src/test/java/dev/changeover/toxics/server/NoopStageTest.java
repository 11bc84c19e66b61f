package dev.changeover.toxics.server;

import static dev.changeover.toxics.server.FakeSite.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.Outlet.Ending;
import org.junit.jupiter.api.Test;

class NoopStageTest {

    private final FakeSite site = new FakeSite(1);

    @Test
    void everythingPasses() {
        Stage stage = new NoopStage(site);
        stage.data(chunk("a"));
        stage.end(Ending.FIN);
        assertThat(site.seen).containsExactly("0 a", "0 FIN");
        assertThat(site.touched).isZero();
        assertThat(stage.hasRoom()).isTrue();
    }
}
