package dev.changeover.toxics.server;

import static dev.changeover.toxics.server.FakeSite.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.changeover.toxics.server.Outlet.Ending;
import dev.changeover.toxics.toxic.Toxic;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// In virtual time. At 1 KB/s a byte takes a millisecond.
class BandwidthStageTest {

    private final FakeSite site = new FakeSite(1);

    private static Toxic.Bandwidth rate(long kilobytesPerSecond) {
        return new Toxic.Bandwidth(kilobytesPerSecond);
    }

    private Stage bandwidth(long kilobytesPerSecond) {
        return new BandwidthStage(rate(kilobytesPerSecond), site);
    }

    @Test
    void aChunkComesWhenItsLastByteIsThrough() {
        Stage stage = bandwidth(1);
        stage.data(chunk("hello"));
        site.advance(100);
        assertThat(site.seen).containsExactly("5 hello");
        assertThat(site.touched).isEqualTo(1);
    }

    @Test
    void chunksFollowOneAnother() {
        Stage stage = bandwidth(1);
        stage.data(chunk("hello"));
        stage.data(chunk("you"));
        site.advance(100);
        assertThat(site.seen).containsExactly("5 hello", "8 you");
    }

    @Test
    void anIdleLineSavesNothingUp() {
        Stage stage = bandwidth(1);
        stage.data(chunk("hello"));
        site.advance(10_000);
        stage.data(chunk("again"));
        site.advance(100);
        assertThat(site.seen).containsExactly("5 hello", "10005 again");
    }

    @Test
    void aLongChunkComesInPiecesOfATenthOfASecond() {
        bandwidth(1).data(chunk("a".repeat(100) + "b".repeat(100) + "c".repeat(20)));
        site.advance(1_000);
        assertThat(site.seen)
                .containsExactly("100 " + "a".repeat(100), "200 " + "b".repeat(100), "220 " + "c".repeat(20));
    }

    @Test
    void anEndWaitsForTheDataBeforeIt() {
        Stage stage = bandwidth(1);
        stage.data(chunk("hello"));
        stage.end(Ending.RESET);
        site.advance(100);
        assertThat(site.seen).containsExactly("5 hello", "5 RESET");
    }

    @Test
    void aBareEndIsNotDelayed() {
        bandwidth(1).end(Ending.FIN);
        assertThat(site.seen).containsExactly("0 FIN");
    }

    @Test
    void rateZeroPassesNothingUntilItIsChanged() {
        Stage stage = bandwidth(0);
        stage.data(chunk("hello"));
        stage.end(Ending.FIN);
        site.advance(Duration.ofDays(1).toMillis());
        assertThat(site.seen).isEmpty();

        stage.update(rate(1));
        site.advance(100);

        assertThat(site.seen).containsExactly("86400005 hello", "86400005 FIN");
    }

    @Test
    void aNewRateIsFeltByWhatIsHeld() {
        Stage stage = bandwidth(1);
        stage.data(chunk("ten bytes!"));
        site.advance(4);
        stage.update(rate(2));
        site.advance(100);
        assertThat(site.seen).containsExactly("7 ten bytes!");
    }

    @Test
    void changesInQuickSuccessionHoldNothingUp() {
        Stage stage = bandwidth(1);
        stage.data(chunk("ten bytes!"));
        for (int i = 0; i < 10; i++) {
            site.advance(1);
            stage.update(rate(1));
        }
        assertThat(site.seen).containsExactly("10 ten bytes!");
    }

    @Test
    void removedItPassesOnWhatItHolds() {
        Stage stage = bandwidth(0);
        stage.data(chunk("hello"));
        stage.data(chunk("you"));
        stage.end(Ending.FIN);
        site.advance(20);
        stage.removed();
        assertThat(site.seen).containsExactly("20 hello", "20 you", "20 FIN");
        assertThat(site.timers()).isZero();
    }

    @Test
    void removedInTheMiddleOfAChunkItPassesOnTheRest() {
        Stage stage = bandwidth(1);
        stage.data(chunk("a".repeat(100) + "b".repeat(50)));
        site.advance(120);
        stage.removed();
        assertThat(site.seen).containsExactly("100 " + "a".repeat(100), "120 " + "b".repeat(50));
        assertThat(site.timers()).isZero();
    }

    @Test
    void itHoldsABoundedAmount() {
        Stage stage = bandwidth(1);
        for (int i = 0; i < 8; i++) {
            assertThat(stage.hasRoom()).isTrue();
            stage.data(Unpooled.wrappedBuffer(new byte[32 * 1024]));
        }
        assertThat(stage.hasRoom()).isFalse();
        site.advance(100);
        assertThat(stage.hasRoom()).isTrue();
    }

    @Test
    void discardedItFreesWhatItHolds() {
        Stage stage = bandwidth(1);
        ByteBuf held = Unpooled.wrappedBuffer(new byte[150]);
        stage.data(held);
        site.advance(110);
        stage.discard();
        assertThat(held.refCnt()).isZero();
        assertThat(site.timers()).isZero();
    }

    /// A source that always has more, read whenever there is room, though a while after there was.
    @ParameterizedTest
    @CsvSource({"1, 100", "1, 32768", "100, 10", "100, 1000", "10000, 1460", "10000, 32768", "1000000, 32768"})
    void theRateIsKeptThoughTimersAndReadsAreLate(long kilobytesPerSecond, int chunkSize) {
        site.onlyCounts();
        site.timersAreLateBy(Duration.ofNanos(1_300_000));
        Stage stage = bandwidth(kilobytesPerSecond);
        int seconds = 10;
        byte[] bytes = new byte[chunkSize];
        for (int millis = 0; millis < seconds * 1000; millis++) {
            while (stage.hasRoom()) {
                stage.data(Unpooled.wrappedBuffer(bytes));
            }
            site.advance(1);
        }
        assertThat(site.passedBytes).isCloseTo(seconds * kilobytesPerSecond * 1000, withinPercentage(2));
    }
}
