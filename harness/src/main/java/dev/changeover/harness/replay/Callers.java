package dev.changeover.harness.replay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongConsumer;

/// The callers of a closed loop. Each has one conversation after the other; which request is due when follows from
/// when the one before it ended. Requests are made ready ahead, in the thread that calls `fill` and `run`; an ending,
/// on whatever loop it comes, hands on what is ready.
final class Callers {

    /// Makes requests ready, and takes those that are due.
    interface Stage {

        /// @param over told when it has ended
        Departure ready(ScheduledRequest request, LongConsumer over);

        void hand(Departure departure);
    }

    /// A conversation: its turn that was made ready, and those to come.
    private static final class Talk {
        private final Deque<Turn> rest;
        private Optional<Departure> next = Optional.empty();
        private long thinkNanos;
        private boolean more;
        private boolean waiting;
        private long endedNanos;

        Talk(Deque<Turn> rest) {
            this.rest = rest;
        }
    }

    private final Conversations conversations;
    private final Stage stage;
    private final int callers;
    private final long untilNanos;

    /// When each caller who has no conversation became free.
    private final Deque<Long> free = new ArrayDeque<>();

    private final Deque<Talk> openings = new ArrayDeque<>();
    private final Deque<Talk> wanting = new ArrayDeque<>();
    private boolean enough;
    private boolean exhausted;
    private boolean stopped;
    private int gone;

    /// @param untilNanos what would be due then or later is not sent
    Callers(Conversations conversations, Stage stage, int callers, long untilNanos) {
        this.conversations = conversations;
        this.stage = stage;
        this.callers = callers;
        this.untilNanos = untilNanos;
    }

    /// Makes the first turns ready.
    void fill() {
        while (!exhausted && openings.size() < callers) {
            open();
        }
    }

    /// All callers are free at t0. Returns when all requests have been sent, and those whose end decides what comes
    /// next have ended; or when it was stopped.
    ///
    /// @throws InterruptedException and has stopped
    void run() throws InterruptedException {
        synchronized (this) {
            for (int i = 0; i < callers; i++) {
                freed(0);
            }
        }
        while (true) {
            Optional<Talk> wants;
            synchronized (this) {
                while (idle()) {
                    wait();
                }
                if (stopped || gone == callers) {
                    return;
                }
                wants = Optional.ofNullable(wanting.poll());
            }
            if (wants.isPresent()) {
                goOn(wants.get());
            } else {
                open();
            }
        }
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /// Openings are made ready until there is one for each caller, and again when half of them are gone: a thread that
    /// is woken for each of them costs more than what it does.
    private boolean idle() {
        if (openings.size() >= callers) {
            enough = true;
        } else if (openings.size() <= callers / 2) {
            enough = false;
        }
        return !stopped && gone < callers && wanting.isEmpty() && (exhausted || enough);
    }

    private void wake() {
        if (!idle()) {
            notifyAll();
        }
    }

    private void open() {
        Optional<Deque<Turn>> turns = conversations.next();
        if (turns.isEmpty()) {
            noMore();
            return;
        }
        Talk talk = new Talk(turns.get());
        Departure first = ready(talk);
        synchronized (this) {
            talk.next = Optional.of(first);
            if (free.isEmpty()) {
                openings.add(talk);
            } else {
                send(talk, free.poll());
            }
        }
    }

    private void goOn(Talk talk) {
        Departure turn = ready(talk);
        synchronized (this) {
            talk.next = Optional.of(turn);
            if (talk.waiting) {
                answer(talk);
            }
        }
    }

    private Departure ready(Talk talk) {
        Turn turn = talk.rest.poll();
        talk.thinkNanos = turn.thinkNanos();
        return stage.ready(conversations.request(turn), nanos -> ended(talk, nanos));
    }

    private synchronized void noMore() {
        exhausted = true;
        gone += free.size();
        free.clear();
    }

    private synchronized void ended(Talk talk, long nanos) {
        if (!talk.more) {
            freed(nanos);
            return;
        }
        talk.endedNanos = nanos;
        talk.waiting = true;
        if (talk.next.isPresent()) {
            answer(talk);
        }
    }

    private void answer(Talk talk) {
        talk.waiting = false;
        send(talk, talk.endedNanos + talk.thinkNanos);
    }

    private void freed(long nanos) {
        if (!openings.isEmpty()) {
            send(openings.poll(), nanos);
        } else if (exhausted) {
            gone++;
        } else {
            free.add(nanos);
        }
        wake();
    }

    private void send(Talk talk, long dueNanos) {
        Departure departure = talk.next.orElseThrow();
        talk.next = Optional.empty();
        talk.more = !talk.rest.isEmpty();
        if (dueNanos >= untilNanos) {
            gone++;
            notifyAll();
            return;
        }
        departure.dueAt(dueNanos);
        stage.hand(departure);
        if (talk.more) {
            wanting.add(talk);
            notifyAll();
        }
    }
}
