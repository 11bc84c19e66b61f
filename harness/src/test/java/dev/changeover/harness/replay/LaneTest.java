package dev.changeover.harness.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Load;
import dev.changeover.harness.units.Ticker;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LaneTest {

    private static final long HOUR_NANOS = 3_600_000_000_000L;

    @Test
    void stopDropsWhatIsNotDueYetAndWhatIsHandedOverLater() throws InterruptedException {
        CountDownLatch dropped = new CountDownLatch(2);
        try (Loops loops = Loops.start()) {
            Lane lane = new Lane(
                    loops.all().getFirst(),
                    loops.channelType(),
                    List.of(Replay.gateway(1)),
                    Replay.PATIENT,
                    new Admission(Load.AS_RECORDED),
                    Ticker.since(System.nanoTime()),
                    new OnlyDropped(dropped));
            lane.hand(departure(lane, 0, HOUR_NANOS));
            lane.stop();
            lane.hand(departure(lane, 1, 0));

            dropped.await();
            assertThat(dropped.getCount()).isZero();
        }
    }

    private static Departure departure(Lane lane, long number, long dueNanos) {
        Departure departure = new Departure(lane, Replay.request(number, dueNanos), _ -> {});
        departure.add(lane.exchange(departure, 0, 0, new RequestBytes.Http1(new byte[0])));
        return departure;
    }

    private record OnlyDropped(CountDownLatch count) implements Lane.Listener {

        @Override
        public void begun() {
            throw new AssertionError("begun");
        }

        @Override
        public void ended(Supplier<Event> event) {
            throw new AssertionError("ended");
        }

        @Override
        public void neverBegun(Supplier<Event> event) {
            throw new AssertionError("never begun");
        }

        @Override
        public void dropped() {
            count.countDown();
        }

        @Override
        public void warning(String text) {
            throw new AssertionError(text);
        }
    }
}
