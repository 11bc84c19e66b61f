package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.Load;
import dev.changeover.harness.wire.Purpose;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which of the requests that are due may go: a turn after the turn before it, no more than so many at once. Those
/// held back go in the order in which they were due. Of a closed loop nothing is held back, for there are no more
/// callers than may be under way. Warm-up has as many places of its own, and takes none of those that count. For lanes
/// of several threads.
final class Admission {

    private final boolean closed;
    private final boolean inOrder;
    private final int most;

    /// Conversations with a turn under way or in the queue, and the turns that wait for it.
    private final Map<String, ArrayDeque<Departure>> conversations = new HashMap<>();

    private final TreeSet<Departure> queue = new TreeSet<>();
    private final Set<Departure> underWay = new HashSet<>();
    private final Set<Departure> warming = new HashSet<>();
    private boolean stopped;

    Admission(Load load) {
        closed = load instanceof Load.Closed;
        switch (load) {
            case Load.Open(var ordered, var limit) -> {
                inOrder = ordered;
                most = limit.orElse(Integer.MAX_VALUE);
            }
            case Load.Closed(var callers) -> {
                inOrder = false;
                most = callers;
            }
        }
    }

    /// Nothing is ever held back.
    private boolean unlimited() {
        return !inOrder && most == Integer.MAX_VALUE;
    }

    /// It is due.
    ///
    /// @return whether it goes at once; else its lane is told to release it later, unless it leaves before
    boolean arrive(Departure departure) {
        if (unlimited()) {
            return true;
        }
        synchronized (this) {
            if (departure.request().id().purpose() != Purpose.REQUEST) {
                return warming.size() < most && warming.add(departure);
            }
            if (inOrder) {
                ArrayDeque<Departure> turns =
                        conversations.get(departure.request().conversation());
                if (turns != null) {
                    turns.add(departure);
                    return false;
                }
                conversations.put(departure.request().conversation(), new ArrayDeque<>());
            }
            if (closed || underWay.size() < most && queue.isEmpty()) {
                underWay.add(departure);
                return true;
            }
            queue.add(departure);
            return false;
        }
    }

    /// It has ended, or was given up while it was held back.
    void left(Departure departure, long nanos) {
        if (unlimited()) {
            return;
        }
        synchronized (this) {
            if (departure.request().id().purpose() != Purpose.REQUEST) {
                warming.remove(departure);
                return;
            }
            boolean first = underWay.remove(departure) || queue.remove(departure);
            if (inOrder) {
                endTurn(departure, first);
            }
            while (!stopped && underWay.size() < most && !queue.isEmpty()) {
                Departure next = queue.pollFirst();
                underWay.add(next);
                next.lane().release(next, nanos);
            }
        }
    }

    /// @param first whether it was its conversation's turn
    private void endTurn(Departure departure, boolean first) {
        String conversation = departure.request().conversation();
        ArrayDeque<Departure> turns = conversations.get(conversation);
        if (!first) {
            turns.remove(departure);
        } else if (turns.isEmpty()) {
            conversations.remove(conversation);
        } else {
            queue.add(turns.poll());
        }
    }

    /// Nothing that is held back is released any more.
    synchronized void stop() {
        stopped = true;
    }
}
