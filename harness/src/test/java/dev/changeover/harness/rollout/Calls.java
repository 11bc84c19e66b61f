package dev.changeover.harness.rollout;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import dev.changeover.harness.wire.Usage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Events of one request, as the three who see it write them.
final class Calls {

    static final Outcome BROKEN = new Outcome.Failed(ErrorKind.SERVER_ERROR);

    private Calls() {}

    static Event.Request request(long number, String conversation, long sent, long done, Outcome outcome) {
        return request(id(number), conversation, sent, done, outcome);
    }

    static Event.Request request(CallId id, String conversation, long sent, long done, Outcome outcome) {
        return new Event.Request(
                id,
                Optional.empty(),
                conversation,
                "m",
                false,
                timing(sent, done),
                Optional.empty(),
                OptionalInt.empty(),
                outcome,
                Usage.UNKNOWN,
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    static Event.Attempt attempt(long number, Arm arm, int attempt, long started, Outcome outcome) {
        return new Event.Attempt(id(number), arm, attempt, started, started, outcome);
    }

    static Event.UpstreamCall row(long number, Arm arm, long arrived, Outcome outcome) {
        return new Event.UpstreamCall(
                Optional.of(id(number)),
                arm,
                "m",
                Optional.empty(),
                false,
                timing(arrived, arrived),
                OptionalInt.empty(),
                outcome,
                true,
                Usage.UNKNOWN,
                OptionalLong.empty(),
                List.of(),
                OptionalLong.empty());
    }

    static CallId id(long number) {
        return new CallId(Purpose.REQUEST, number);
    }

    private static Event.Timing timing(long from, long to) {
        return new Event.Timing(from, from, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), to);
    }
}
