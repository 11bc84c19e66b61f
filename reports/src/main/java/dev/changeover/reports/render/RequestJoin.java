package dev.changeover.reports.render;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Requests joined with what the ledger and the gateway's attempts know of each, by position in
/// [History#requests]. A few bytes a request, so that a million cost little.
final class RequestJoin {

    private final List<Event.Request> requests;
    private final long[] keys;
    private final Arm[] servedBy;
    private final int[] attempts;
    private final boolean attemptsKnown;

    RequestJoin(History history) {
        requests = history.requests();
        keys = new long[requests.size()];
        servedBy = new Arm[keys.length];
        attempts = new int[keys.length];
        attemptsKnown = !history.attempts().isEmpty();
        for (int i = 0; i < keys.length; i++) {
            Event.Request request = requests.get(i);
            keys[i] = key(request.id(), request.arm());
        }
        history.ledger().forEach(this::addCall);
        history.attempts().forEach(attempt -> {
            int at = position(attempt.id(), attempt.arm());
            if (at >= 0) {
                attempts[at]++;
            }
        });
    }

    /// Who answered; empty when nobody did, or when the ledger cannot say.
    Optional<Arm> servedBy(int index) {
        Event.Request request = requests.get(index);
        if (!request.outcome().isServed()) {
            return Optional.empty();
        }
        return request.arm().or(() -> Optional.ofNullable(servedBy[index]));
    }

    /// How many tries it took; empty behind a gateway that does not tell.
    OptionalInt attempts(int index) {
        if (requests.get(index).arm().isPresent()) {
            return OptionalInt.of(1);
        }
        return attemptsKnown ? OptionalInt.of(attempts[index]) : OptionalInt.empty();
    }

    private void addCall(Event.UpstreamCall call) {
        if (call.id().isPresent() && call.outcome().isServed() && call.delivered()) {
            int at = position(call.id().get(), call.arm());
            if (at >= 0) {
                servedBy[at] = call.arm();
            }
        }
    }

    private int position(CallId id, Arm arm) {
        if (id.purpose() != Purpose.REQUEST) {
            return -1;
        }
        int paired = Arrays.binarySearch(keys, key(id, Optional.of(arm)));
        return paired >= 0 ? paired : Arrays.binarySearch(keys, key(id, Optional.empty()));
    }

    /// Sorted as the history sorts its requests: by number, then no arm, old, new.
    private static long key(CallId id, Optional<Arm> arm) {
        return id.number() * 4 + arm.map(a -> a.ordinal() + 1).orElse(0);
    }
}
