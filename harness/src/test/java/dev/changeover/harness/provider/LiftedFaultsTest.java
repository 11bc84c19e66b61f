package dev.changeover.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.wire.Outcome;
import dev.changeover.toxics.http.HttpFault;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Delays that were in force when a call came, and gone when it was their turn: they did nothing, and the ledger says
/// so.
@Timeout(60)
class LiftedFaultsTest {

    private final CountDownLatch goOn = new CountDownLatch(1);

    @Test
    void stallThatIsGoneBeforeItsPlaceComesHoldsNothingBack() throws Exception {
        String first = Answers.stream(Answers.words("one"));
        RawPeer provider = new RawPeer(socket -> {
            RawPeer.say(socket, first);
            goOn.await();
            RawPeer.say(socket, Answers.STREAM.substring(first.length()));
        });
        try (TapBench bench = new TapBench(provider, new HttpFault.StalledStream(2));
                RawClient client = bench.client().ask(true)) {
            client.readUntil("one");
            liftEverything(bench, 1);
            assertThat(client.readUntil("0\r\n\r\n")).contains("three", "[DONE]");
            assertStruckByNothing(bench);
        }
    }

    @Test
    void wholeAnswerThatComesLaterThanTheyWentComesAtOnce() throws Exception {
        RawPeer provider = new RawPeer(socket -> {
            goOn.await();
            RawPeer.say(socket, Answers.WHOLE);
        });
        HttpFault drip = new HttpFault.SlowDrip(Duration.ofHours(1));
        try (TapBench bench = new TapBench(provider, new HttpFault.StalledStream(0), drip);
                RawClient client = bench.client().ask(false)) {
            provider.requests.take();
            liftEverything(bench, 2);
            assertThat(client.readUntil("}}")).contains("200 OK", "one two three");
            assertStruckByNothing(bench);
        }
    }

    @Test
    void secondOfTwoLateProvidersThatIsInTimeAgainIsNotWaitedFor() throws Exception {
        HttpFault late = new HttpFault.SlowFirstToken(Duration.ofHours(1));
        try (TapBench bench = TapBench.answering(Answers.WHOLE, late, late);
                RawClient client = bench.client().ask(false)) {
            bench.awaitWaiting(1);
            bench.tap.lift(1);
            bench.tap.lift(0);
            assertThat(client.readUntil("}}")).contains("one two three");
            assertThat(bench.row().faults()).isEqualTo(TapBench.strikes(0));
        }
    }

    private void liftEverything(TapBench bench, int faults) {
        for (int index = 0; index < faults; index++) {
            bench.tap.lift(index);
        }
        goOn.countDown();
    }

    private static void assertStruckByNothing(TapBench bench) throws InterruptedException {
        var row = bench.row();
        assertThat(row.outcome()).isEqualTo(Outcome.SERVED);
        assertThat(row.faults()).isEmpty();
    }
}
