package dev.changeover.benchmarks.replay;

import dev.changeover.benchmarks.common.EndlessTrace;
import dev.changeover.benchmarks.common.Schedules;
import dev.changeover.harness.replay.Conversations;
import dev.changeover.harness.replay.ScheduledRequest;
import dev.changeover.harness.wire.CallId;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/// What the replay client is given to send.
final class Requests {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /// What the body of the others holds, about.
    private static final int INPUT_TOKENS = 24;

    private Requests() {}

    /// At a steady rate; those before t0 warm up.
    static Iterator<ScheduledRequest> paced(Load load) {
        long warmUps = (long) load.rate() * load.warmUpSeconds();
        long last = (long) load.rate() * load.totalSeconds();
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

    /// Without end, a conversation each, for callers who say the next thing when they have been answered.
    static Conversations conversations(Load load) {
        return new Conversations(Schedules.of(new EndlessTrace(INPUT_TOKENS), load.stream()), 1);
    }
}
