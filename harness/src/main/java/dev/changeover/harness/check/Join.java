package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import java.util.List;

/// Requests and the ledger's calls for them, joined on number and, where requests have one, arm.
final class Join {

    private final List<Event.Request> requests;
    private final List<Event.UpstreamCall> ledger;
    private final long[] numbers;
    private final int[] firstCall;
    private final int[] calls;
    private final long unattributed;

    private Join(
            List<Event.Request> requests,
            List<Event.UpstreamCall> ledger,
            long[] numbers,
            int[] firstCall,
            int[] calls,
            long unattributed) {
        this.requests = requests;
        this.ledger = ledger;
        this.numbers = numbers;
        this.firstCall = firstCall;
        this.calls = calls;
        this.unattributed = unattributed;
    }

    static Join of(History history) {
        List<Event.Request> requests = history.requests();
        List<Event.UpstreamCall> ledger = history.ledger();
        long[] numbers = new long[requests.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = requests.get(i).id().number();
        }
        int[] owner = new int[ledger.size()];
        int[] firstCall = new int[requests.size() + 1];
        long unattributed = 0;
        for (int row = 0; row < owner.length; row++) {
            Event.UpstreamCall call = ledger.get(row);
            owner[row] = owner(call, requests, numbers);
            if (owner[row] >= 0) {
                firstCall[owner[row] + 1]++;
            } else if (call.id().isEmpty()) {
                unattributed++;
            }
        }
        for (int i = 0; i < requests.size(); i++) {
            firstCall[i + 1] += firstCall[i];
        }
        int[] next = firstCall.clone();
        int[] calls = new int[firstCall[requests.size()]];
        for (int row = 0; row < owner.length; row++) {
            if (owner[row] >= 0) {
                calls[next[owner[row]]++] = row;
            }
        }
        return new Join(requests, ledger, numbers, firstCall, calls, unattributed);
    }

    private static int owner(Event.UpstreamCall call, List<Event.Request> requests, long[] numbers) {
        if (call.id().isEmpty() || call.id().get().purpose() != Purpose.REQUEST) {
            return -1;
        }
        long number = call.id().get().number();
        for (int i = firstAtLeast(numbers, number); i < numbers.length && numbers[i] == number; i++) {
            if (requests.get(i).arm().isEmpty() || requests.get(i).arm().get() == call.arm()) {
                return i;
            }
        }
        return -1;
    }

    private static int firstAtLeast(long[] numbers, long number) {
        int low = 0;
        int high = numbers.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (numbers[middle] < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The first request of that number, -1 where there is none.
    int find(long number) {
        int at = firstAtLeast(numbers, number);
        return at < numbers.length && numbers[at] == number ? at : -1;
    }

    /// When the request that a call was made for was due; long ago for an id that no request has.
    long dueOf(CallId id) {
        int at = id.purpose() == Purpose.REQUEST ? find(id.number()) : -1;
        return at < 0 ? Long.MIN_VALUE : requests.get(at).timing().dueNanos();
    }

    int size() {
        return requests.size();
    }

    Event.Request request(int i) {
        return requests.get(i);
    }

    int callCount(int i) {
        return firstCall[i + 1] - firstCall[i];
    }

    /// A request's calls in the order in which they were written down.
    Event.UpstreamCall call(int i, int ordinal) {
        return ledger.get(calls[firstCall[i] + ordinal]);
    }

    int attributed() {
        return calls.length;
    }

    long unattributed() {
        return unattributed;
    }

    /// Which of a served request's calls its client got the answer of: the last that ended well and was
    /// handed over whole; -1 where none did.
    int deliveredCall(int i) {
        int delivered = -1;
        if (requests.get(i).outcome().isServed()) {
            for (int ordinal = 0; ordinal < callCount(i); ordinal++) {
                Event.UpstreamCall call = call(i, ordinal);
                boolean later = delivered < 0
                        || call.timing().doneNanos()
                                >= call(i, delivered).timing().doneNanos();
                if (call.outcome().isServed() && call.delivered() && later) {
                    delivered = ordinal;
                }
            }
        }
        return delivered;
    }

    /// Whether a provider did work for it.
    static boolean generated(Event.UpstreamCall call) {
        return call.outcome() instanceof Outcome.Served
                || call.usage().output().orElse(0) > 0
                || call.countedOutput().orElse(0) > 0;
    }
}
