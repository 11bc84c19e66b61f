package dev.changeover.harness.gate;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import dev.changeover.harness.wire.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;

/// Little histories written by hand. Times are milliseconds since t0.
final class Histories {

    static final long MS = 1_000_000L;
    static final Usage USAGE = Usage.of(100, 50, 0);

    private final List<Event> events = new ArrayList<>();
    private final SortedMap<String, String> evidence = new TreeMap<>(Map.of("old", "simulated", "new", "simulated"));
    private long planned;
    private long spanMillis = 60_000;
    private boolean generatedBodies = true;
    private LongFunction<String> conversation = number -> "c" + number;
    private LongFunction<OptionalLong> question = _ -> OptionalLong.empty();

    Histories spanning(long millis) {
        spanMillis = millis;
        return this;
    }

    Histories planned(long requests) {
        planned = requests;
        return this;
    }

    Histories evidence(Arm arm, String word) {
        evidence.put(arm.word(), word);
        return this;
    }

    /// Which conversation each of the requests to come belongs to.
    Histories conversing(LongFunction<String> of) {
        conversation = of;
        return this;
    }

    /// What each of the requests to come asks.
    Histories asking(LongUnaryOperator of) {
        question = number -> OptionalLong.of(of.applyAsLong(number));
        return this;
    }

    Histories weight(double toNew, Event.WeightCause cause, double atMillis) {
        return add(new Event.Weight(toNew, Event.WeightStep.IN_FORCE, cause, "", nanos(atMillis)));
    }

    Histories phaseEnd(int phase, double weight, Event.PhaseDecision decision, String why, double atMillis) {
        return add(new Event.PhaseEnd(phase, weight, decision, why, 1, nanos(atMillis)));
    }

    Histories rollback(Event.RollbackStep step, String detail, double atMillis) {
        return add(new Event.Rollback(step, detail, nanos(atMillis)));
    }

    /// A look at the health page every second, from one and before the other.
    Histories health(int fromSecond, int toSecond, int status) {
        for (int second = fromSecond; second < toSecond; second++) {
            add(new Event.GatewayHealth(nanos(second * 1e3 + 5), nanos(second * 1e3 + 6), OptionalInt.of(status)));
        }
        return this;
    }

    Histories process(Event.ProcessStep step, String detail, double atMillis) {
        return add(new Event.GatewayProcess(step, detail, nanos(atMillis)));
    }

    Histories configuration(String file, String digest, Event.ConfigurationMoment when, double atMillis) {
        return add(new Event.Configuration(file, digest, when, nanos(atMillis)));
    }

    Histories add(Event event) {
        events.add(event);
        return this;
    }

    /// A request that went straight to an arm, and its call.
    Histories direct(long number, Arm arm, double dueMillis, double latencyMillis, Outcome outcome) {
        events.add(request(number, Optional.of(arm), dueMillis, latencyMillis, outcome));
        return call(number, arm, dueMillis, latencyMillis, outcome, outcome.isServed());
    }

    /// A request through the gateway as its client saw it.
    Histories request(long number, double dueMillis, double latencyMillis, Outcome outcome) {
        events.add(request(number, Optional.empty(), dueMillis, latencyMillis, outcome));
        return this;
    }

    /// A request that an arm answered through the gateway at the first attempt.
    Histories served(long number, Arm arm, double dueMillis, double latencyMillis) {
        return request(number, dueMillis, latencyMillis, Outcome.SERVED)
                .attempt(number, 1, arm, dueMillis, latencyMillis, Outcome.SERVED)
                .call(number, arm, dueMillis, latencyMillis, Outcome.SERVED, true);
    }

    Histories attempt(long number, int ordinal, Arm arm, double startMillis, double lengthMillis, Outcome outcome) {
        events.add(new Event.Attempt(
                new CallId(Purpose.REQUEST, number),
                arm,
                ordinal,
                nanos(startMillis),
                nanos(startMillis + lengthMillis),
                outcome));
        return this;
    }

    Histories call(
            long number, Arm arm, double arrivedMillis, double lengthMillis, Outcome outcome, boolean delivered) {
        return call(number, arm, arrivedMillis, lengthMillis, outcome, delivered, List.of());
    }

    Histories call(
            long number,
            Arm arm,
            double arrivedMillis,
            double lengthMillis,
            Outcome outcome,
            boolean delivered,
            List<Event.Strike> faults) {
        events.add(new Event.UpstreamCall(
                Optional.of(new CallId(Purpose.REQUEST, number)),
                arm,
                "gpt-4.1",
                Optional.of("gpt-4.1-2025-04-14"),
                true,
                timing(arrivedMillis, lengthMillis, outcome),
                OptionalInt.of(200),
                outcome,
                delivered,
                outcome.isServed() ? USAGE : Usage.UNKNOWN,
                OptionalLong.of(outcome.isServed() ? 50 : 0),
                faults,
                question.apply(number)));
        return this;
    }

    Histories fault(int index, String name, Arm on, double fromMillis, double toMillis) {
        events.add(new Event.Fault(index, name, on, Event.FaultStep.ASKED, nanos(fromMillis - 1)));
        events.add(new Event.Fault(index, name, on, Event.FaultStep.IN_FORCE, nanos(fromMillis)));
        events.add(new Event.Fault(index, name, on, Event.FaultStep.LIFTING, nanos(toMillis - 1)));
        events.add(new Event.Fault(index, name, on, Event.FaultStep.GONE, nanos(toMillis)));
        return this;
    }

    Histories touched(Arm arm, String toxic, double fromMillis, double toMillis) {
        events.add(new Event.Connection(
                arm, nanos(fromMillis), nanos(toMillis), 100, 0, new TreeMap<>(Map.of(toxic, 3L))));
        return this;
    }

    Histories vitals(int seconds, double cpu, double pauseMillis) {
        for (int second = 0; second < seconds; second++) {
            events.add(new Event.Vitals(nanos(second * 1_000), cpu, cpu, nanos(pauseMillis), 1 << 20, 3));
        }
        return this;
    }

    /// Ended as planned, and watched all the time: quietly, unless told otherwise.
    History completed() {
        if (events.stream().noneMatch(Event.Vitals.class::isInstance)) {
            vitals((int) (spanMillis / 1_000), 0.3, 1);
        }
        return ended(Event.RunEnded.End.COMPLETED, spanMillis);
    }

    History unwatched() {
        return ended(Event.RunEnded.End.COMPLETED, spanMillis);
    }

    History ended(Event.RunEnded.End end, double atMillis) {
        events.add(new Event.RunEnded(nanos(atMillis), end, ""));
        return killed();
    }

    History killed() {
        List<Event> all = new ArrayList<>();
        all.add(new Event.RunStarted(
                "0.1.0",
                "scenario: test",
                "2026-01-15T12:00:00Z",
                "25",
                "test",
                2,
                "embedded",
                "test.jsonl",
                planned,
                nanos(spanMillis),
                evidence,
                generatedBodies));
        all.addAll(events);
        return History.of(all, 0);
    }

    static Outcome failed(ErrorKind kind) {
        return new Outcome.Failed(kind);
    }

    private Event.Request request(
            long number, Optional<Arm> arm, double dueMillis, double latencyMillis, Outcome outcome) {
        return new Event.Request(
                new CallId(Purpose.REQUEST, number),
                arm,
                conversation.apply(number),
                "gpt-4.1",
                true,
                timing(dueMillis, latencyMillis, outcome),
                Optional.empty(),
                OptionalInt.of(200),
                outcome,
                outcome.isServed() ? USAGE : Usage.UNKNOWN,
                OptionalLong.of(outcome.isServed() ? 50 : 0),
                question.apply(number));
    }

    private static Event.Timing timing(double dueMillis, double latencyMillis, Outcome outcome) {
        OptionalLong first =
                outcome.isServed() ? OptionalLong.of(nanos(dueMillis + latencyMillis / 2)) : OptionalLong.empty();
        OptionalLong last = outcome.isServed() ? OptionalLong.of(nanos(dueMillis + latencyMillis)) : first;
        return new Event.Timing(
                nanos(dueMillis), nanos(dueMillis), first, first, last, nanos(dueMillis + latencyMillis));
    }

    static long nanos(double millis) {
        return Math.round(millis * MS);
    }
}
