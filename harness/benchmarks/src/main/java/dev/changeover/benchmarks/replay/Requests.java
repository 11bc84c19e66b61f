package dev.changeover.benchmarks.replay;

import dev.changeover.harness.replay.ScheduledRequest;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Purpose;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/// What the replay client is given to send.
final class Requests {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private Requests() {}

    /// At a steady rate; those before t0 warm up.
    static Iterator<ScheduledRequest> paced(Load load) {
        long warmUps = (long) load.rate() * load.warmUpSeconds();
        long last = (long) load.rate() * load.seconds();
        byte[] body = load.body();
        return LongStream.range(-warmUps, last)
                .mapToObj(number -> request(
                        Ids.of(number, load.rate(), load.warmUpSeconds()),
                        number * SECOND / load.rate(),
                        load.stream(),
                        body))
                .iterator();
    }

    private static ScheduledRequest request(CallId id, long dueNanos, boolean stream, byte[] body) {
        return new ScheduledRequest(id, dueNanos, Long.toString(id.number()), "gpt-4.1", stream, body);
    }

    /// The next one whenever one of those before has ended: so many at a time.
    static final class Closed implements Iterator<ScheduledRequest> {

        private final Semaphore free = new Semaphore(Load.CONNECTIONS);
        private final Ticker ticker;
        private final long endNanos;
        private final boolean stream;
        private final byte[] body;
        private long number;

        Closed(Load load, Ticker ticker) {
            this.ticker = ticker;
            this.endNanos = load.seconds() * SECOND;
            this.stream = load.stream();
            this.body = load.body();
        }

        void ended() {
            free.release();
        }

        @Override
        public boolean hasNext() {
            return ticker.nanos() < endNanos;
        }

        @Override
        public ScheduledRequest next() {
            free.acquireUninterruptibly();
            return request(new CallId(Purpose.REQUEST, number++), ticker.nanos(), stream, body);
        }
    }
}
