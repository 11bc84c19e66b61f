package dev.changeover.harness.replay;

import dev.changeover.harness.trace.TraceRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The requests of a schedule by conversation, in the order in which the conversations began, for a closed loop.
/// It looks ahead a bounded part of the trace: turns farther behind the first one begin another conversation.
public final class Conversations {

    private static final int MOST_REQUESTS = 20_000;
    private static final long MOST_BYTES = 64L << 20;

    private final Schedule schedule;
    private final double speed;
    private final int mostRequests;
    private final Map<Object, List<Window.Arrival>> ahead = new LinkedHashMap<>();
    private int requests;
    private long bytes;

    /// @param speed think times are divided by it
    public Conversations(Schedule schedule, double speed) {
        this(schedule, speed, MOST_REQUESTS);
    }

    Conversations(Schedule schedule, double speed, int mostRequests) {
        this.schedule = schedule;
        this.speed = speed;
        this.mostRequests = mostRequests;
        lookAhead();
    }

    /// The turns of the next one; empty when there are no more.
    Optional<Deque<Turn>> next() {
        lookAhead();
        return ahead.keySet().stream().findFirst().map(which -> turns(ahead.remove(which)));
    }

    ScheduledRequest request(Turn turn) {
        return schedule.request(turn.arrival());
    }

    private void lookAhead() {
        Window window = schedule.window();
        while (requests < mostRequests && bytes < MOST_BYTES && window.hasNext()) {
            Window.Arrival arrival = window.next();
            Object which =
                    arrival.request().conversation().<Object>map(name -> name).orElseGet(arrival::number);
            ahead.computeIfAbsent(which, _ -> new ArrayList<>(1)).add(arrival);
            requests++;
            bytes += size(arrival);
        }
    }

    private Deque<Turn> turns(List<Window.Arrival> arrivals) {
        Deque<Turn> turns = new ArrayDeque<>(arrivals.size());
        for (int i = 0; i < arrivals.size(); i++) {
            Window.Arrival arrival = arrivals.get(i);
            long think = i == 0 ? 0 : thinkNanos(arrivals.get(i - 1).request(), arrival.request());
            turns.add(new Turn(Window.scaled(think, speed), arrival));
            requests--;
            bytes -= size(arrival);
        }
        return turns;
    }

    private static long size(Window.Arrival arrival) {
        return arrival.request().body().map(body -> body.length).orElse(0);
    }

    /// From the end of the answer, or from when its caller left; where neither is known, from its arrival.
    private static long thinkNanos(TraceRequest before, TraceRequest turn) {
        long left = before.cancelledNanos().orElse(Long.MAX_VALUE);
        long done = before.answer()
                .flatMap(answer -> answer.doneNanos().stream().boxed().findFirst())
                .orElse(left == Long.MAX_VALUE ? 0 : left);
        return Math.max(0, turn.atNanos() - before.atNanos() - Math.min(left, done));
    }
}
