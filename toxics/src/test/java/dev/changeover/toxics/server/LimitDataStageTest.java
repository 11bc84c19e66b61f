package dev.changeover.toxics.server;

import static dev.changeover.toxics.server.FakeSite.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.Outlet.Ending;
import dev.changeover.toxics.toxic.Toxic;
import org.junit.jupiter.api.Test;

class LimitDataStageTest {

    private final FakeSite site = new FakeSite(1);

    private Stage limit(long bytes) {
        return new LimitDataStage(new Toxic.LimitData(bytes), site);
    }

    @Test
    void theChunkThatGoesPastTheLimitIsCutAndTheConnectionCloses() {
        Stage stage = limit(5);
        stage.data(chunk("abc"));
        stage.data(chunk("def"));
        assertThat(site.seen).containsExactly("0 abc", "0 de", "0 end and close");
        assertThat(site.touched).isEqualTo(1);
    }

    @Test
    void reachingTheLimitExactlyClosesToo() {
        limit(3).data(chunk("abc"));
        assertThat(site.seen).containsExactly("0 abc", "0 end and close");
    }

    @Test
    void anEndBeforeTheLimitPasses() {
        Stage stage = limit(5);
        stage.data(chunk("abc"));
        stage.end(Ending.FIN);
        assertThat(site.seen).containsExactly("0 abc", "0 FIN");
    }

    @Test
    void zeroClosesAtTheFirstData() {
        Stage stage = limit(0);
        assertThat(site.seen).isEmpty();
        stage.data(chunk("abc"));
        assertThat(site.seen).last().isEqualTo("0 end and close");
        assertThat(site.passedBytes).isZero();
    }

    @Test
    void loweredBelowItsCountItClosesAtTheNextData() {
        Stage stage = limit(100);
        stage.data(chunk("abcdef"));
        stage.update(new Toxic.LimitData(4));
        assertThat(site.seen).containsExactly("0 abcdef");

        stage.data(chunk("ghi"));

        assertThat(site.seen).last().isEqualTo("0 end and close");
        assertThat(site.passedBytes).isEqualTo(6);
    }

    @Test
    void raisedItGoesOnCounting() {
        Stage stage = limit(5);
        stage.data(chunk("abc"));
        stage.update(new Toxic.LimitData(7));
        stage.data(chunk("defghi"));
        assertThat(site.seen).containsExactly("0 abc", "0 defg", "0 end and close");
    }
}
