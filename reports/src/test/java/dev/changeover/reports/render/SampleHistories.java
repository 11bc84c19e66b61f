package dev.changeover.reports.render;

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
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Histories as two rehearsals might have left them, drawn from a seed.
final class SampleHistories {

    static final int REQUESTS = 3_000;
    static final long SPAN = 120_000_000_000L;
    static final long FAULT_FROM = 40_000_000_000L;
    static final long FAULT_TO = 80_000_000_000L;
    private static final long DETECTED = FAULT_FROM + 4_200_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final long CANARY_FROM = 15_000 * MILLI;
    private static final long PHASE = 25_000 * MILLI;
    private static final long BROKEN_FROM = 70_000 * MILLI;
    private static final long ROLLED_BACK = 77_000 * MILLI;

    private final List<Event> events = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(7);
    private final String model;

    private SampleHistories(String model) {
        this.model = model;
    }

    /// Every request to both arms; the new one is quicker to start, and a little slower in the tail.
    static History paired(String model) {
        SampleHistories sample = new SampleHistories(model);
        sample.events.add(started());
        for (int i = 0; i < REQUESTS; i++) {
            long due = SPAN / REQUESTS * i;
            int tokens = 20 + sample.random.nextInt(300);
            sample.direct(i, Arm.OLD, due, tokens, 420, 0.30, 22, 0.004);
            sample.direct(i, Arm.NEW, due, tokens, 310, 0.42, 21, 0.003);
        }
        return sample.ended();
    }

    /// A gateway before both; the old region is silent from 40 s to 80 s, and the gateway needs four to notice.
    static History failover(String model) {
        SampleHistories sample = new SampleHistories(model);
        sample.events.add(started());
        sample.fault(Event.FaultStep.ASKED, FAULT_FROM - 3 * MILLI);
        sample.fault(Event.FaultStep.IN_FORCE, FAULT_FROM);
        sample.fault(Event.FaultStep.LIFTING, FAULT_TO);
        sample.fault(Event.FaultStep.GONE, FAULT_TO + 2 * MILLI);
        sample.breaker("closed", "open", DETECTED);
        sample.breaker("open", "half_open", DETECTED + 30_000 * MILLI);
        sample.breaker("half_open", "open", DETECTED + 34_000 * MILLI);
        sample.breaker("open", "half_open", FAULT_TO + 6_000 * MILLI);
        sample.breaker("half_open", "closed", FAULT_TO + 8_000 * MILLI);
        for (int i = 0; i < REQUESTS; i++) {
            sample.throughGateway(i, SPAN / REQUESTS * i);
        }
        return sample.ended();
    }

    /// A canary of 10, 30, 50 and 100 per cent; the new provider begins to fail in the third phase, and is rolled back.
    static History canary() {
        SampleHistories sample = new SampleHistories("gpt-4.1");
        sample.events.add(started());
        double[] weights = {0.1, 0.3, 0.5};
        for (int phase = 0; phase < weights.length; phase++) {
            long at = CANARY_FROM + phase * PHASE;
            sample.weight(weights[phase], Event.WeightCause.ROLLOUT, at);
            if (phase < 2) {
                sample.events.add(new Event.PhaseEnd(
                        phase,
                        weights[phase],
                        Event.PhaseDecision.PROMOTED,
                        "nothing speaks against it: E is 0.31",
                        0.31,
                        at + PHASE - MILLI));
            }
        }
        for (long at = CANARY_FROM; at < ROLLED_BACK; at += 1_000 * MILLI) {
            double bad = Math.max(0, (at - BROKEN_FROM) / 1e9);
            double errors = Math.pow(1.9, bad) * (0.4 + 0.2 * sample.random.nextDouble());
            int phase = (int) ((at - CANARY_FROM) / PHASE);
            sample.events.add(new Event.Evidence(phase, (errors + 0.5) / 2, errors, 0.5, 400, 2, 9, 80, 3, 2, 0, at));
        }
        sample.events.add(new Event.PhaseEnd(
                2,
                0.5,
                Event.PhaseDecision.ROLLED_BACK,
                "errors: E is 23.1, and 20 rolls back; 14 of 96 conversations of the new provider failed, 3 of 101 of"
                        + " the old",
                23.1,
                ROLLED_BACK));
        sample.events.add(new Event.Rollback(Event.RollbackStep.TRIGGERED, "the evidence of the rollout", ROLLED_BACK));
        sample.weight(0, Event.WeightCause.ROLLBACK, ROLLED_BACK + 12 * MILLI);
        sample.events.add(new Event.Rollback(Event.RollbackStep.WEIGHT_SET, "", ROLLED_BACK + 12 * MILLI));
        for (int i = 0; i < REQUESTS; i++) {
            long due = SPAN / REQUESTS * i;
            int phase = (int) ((due - CANARY_FROM) / PHASE);
            boolean rolling = due >= CANARY_FROM && due < ROLLED_BACK;
            boolean toNew = rolling && new SplittableRandom(i / 4).nextDouble() < weights[phase];
            sample.routed(i, due, toNew ? Arm.NEW : Arm.OLD, toNew && due >= BROKEN_FROM ? 0.15 : 0.003);
        }
        return sample.ended();
    }

    private void routed(int number, long due, Arm arm, double errors) {
        int tokens = 20 + random.nextInt(300);
        long first = due + (long) (lognormal(arm == Arm.NEW ? 310 : 420, 0.3) * MILLI);
        long done = first + (long) (tokens * lognormal(21, 0.1)) * MILLI;
        Outcome outcome = random.nextDouble() < errors ? failed(ErrorKind.SERVER_ERROR) : Outcome.SERVED;
        call(number, arm, due, first, done, tokens, outcome);
        request(number, Optional.empty(), due, done, tokens, (first - due) / MILLI, outcome);
    }

    private void weight(double toNew, Event.WeightCause cause, long at) {
        events.add(new Event.Weight(toNew, Event.WeightStep.ASKED, cause, "", at - 4 * MILLI));
        events.add(new Event.Weight(toNew, Event.WeightStep.IN_FORCE, cause, "", at));
    }

    private void throughGateway(int number, long due) {
        boolean dark = due >= FAULT_FROM && due < FAULT_TO;
        boolean toNew = due >= DETECTED && due < FAULT_TO + 8_000 * MILLI;
        Arm arm = toNew ? Arm.NEW : Arm.OLD;
        int tokens = 20 + random.nextInt(300);
        if (due > FAULT_FROM - 1_500 * MILLI && due < FAULT_FROM && random.nextInt(3) == 0) {
            request(
                    number,
                    Optional.empty(),
                    due,
                    due + 5_000 * MILLI,
                    tokens,
                    400,
                    failed(ErrorKind.TRUNCATED_STREAM));
            return;
        }
        long wait = dark && !toNew ? 3_000 + random.nextInt(1_500) : 0;
        long firstToken = due + (wait + (long) lognormal(toNew || wait > 0 ? 310 : 420, 0.35)) * MILLI;
        long done = firstToken + (long) (tokens * lognormal(21, 0.1)) * MILLI;
        boolean refused = random.nextInt(400) == 0;
        Outcome outcome = refused ? failed(ErrorKind.RATE_LIMITED) : Outcome.SERVED;
        Arm by = wait > 0 ? Arm.NEW : arm;
        if (wait > 0) {
            events.add(new Event.Attempt(
                    id(number), Arm.OLD, 1, due, due + wait * MILLI, failed(ErrorKind.TIMEOUT_TOTAL)));
        }
        events.add(new Event.Attempt(id(number), by, wait > 0 ? 2 : 1, due + wait * MILLI, done, outcome));
        call(number, by, due + wait * MILLI, firstToken, done, tokens, outcome);
        request(number, Optional.empty(), due, done, tokens, (firstToken - due) / MILLI, outcome);
    }

    private void direct(
            int number, Arm arm, long due, int tokens, double ttft, double spread, double perToken, double errors) {
        double first = lognormal(ttft, spread);
        long done = due + (long) ((first + tokens * lognormal(perToken, 0.12)) * MILLI);
        Outcome outcome = random.nextDouble() < errors
                ? failed(random.nextInt(3) == 0 ? ErrorKind.OVERLOADED : ErrorKind.SERVER_ERROR)
                : Outcome.SERVED;
        call(number, arm, due, due + (long) (first * MILLI), done, tokens, outcome);
        request(number, Optional.of(arm), due, done, tokens, (long) first, outcome);
    }

    private void request(
            int number, Optional<Arm> arm, long due, long done, int tokens, long firstMillis, Outcome outcome) {
        OptionalLong first = outcome.isServed() ? OptionalLong.of(due + firstMillis * MILLI) : OptionalLong.empty();
        long sent = due + random.nextInt(400_000);
        Event.Timing timing = new Event.Timing(due, sent, first, first, OptionalLong.of(done), done);
        events.add(new Event.Request(
                id(number),
                arm,
                "c" + number / 4,
                model,
                true,
                timing,
                Optional.of(new Event.Gaps(tokens, 21 * MILLI, 20 * MILLI, 31 * MILLI, 60 * MILLI)),
                OptionalInt.of(200),
                outcome,
                outcome.isServed() ? Usage.of(tokens * 3L, tokens, 0) : Usage.UNKNOWN,
                outcome.isServed() ? OptionalLong.of(tokens) : OptionalLong.empty(),
                OptionalLong.empty()));
    }

    private void call(int number, Arm arm, long asked, long first, long done, int tokens, Outcome outcome) {
        events.add(new Event.UpstreamCall(
                Optional.of(id(number)),
                arm,
                model,
                Optional.of(model),
                true,
                new Event.Timing(
                        asked, asked, OptionalLong.of(first), OptionalLong.of(first), OptionalLong.of(done), done),
                OptionalInt.of(200),
                outcome,
                true,
                Usage.of(tokens * 3L, tokens, 0),
                OptionalLong.of(tokens),
                List.of(),
                OptionalLong.empty()));
    }

    private void fault(Event.FaultStep step, long at) {
        events.add(new Event.Fault(0, "region-outage", Arm.OLD, step, at));
    }

    private void breaker(String from, String to, long at) {
        events.add(new Event.Transition(Event.Transition.Kind.BREAKER, Arm.OLD, from, to, at));
    }

    private History ended() {
        events.add(new Event.RunEnded(SPAN + 9_000 * MILLI, Event.RunEnded.End.COMPLETED, ""));
        return History.of(events, 0);
    }

    private double lognormal(double median, double spread) {
        double normal = 0;
        for (int i = 0; i < 12; i++) {
            normal += random.nextDouble();
        }
        return median * Math.exp(spread * (normal - 6));
    }

    private static Outcome failed(ErrorKind kind) {
        return new Outcome.Failed(kind);
    }

    private static CallId id(int number) {
        return new CallId(Purpose.REQUEST, number);
    }

    static Event.RunStarted started() {
        return new Event.RunStarted(
                "0.1.0",
                "scenario: sample\nseed: 7\n",
                "2026-11-21T02:00:00Z",
                "25.0.1+8 Temurin",
                "Linux 6.1 amd64",
                2,
                "embedded",
                "conversations.jsonl.gz sha256:4f1e9c02a7b8",
                REQUESTS,
                REQUESTS,
                SPAN,
                new TreeMap<>(Map.of("old", "simulated", "new", "simulated")),
                true,
                new TreeMap<>(Map.of(
                        "old",
                        new Event.Fitted("probe.csv", "ab12", "distribution", 2_651, 0.009, OptionalDouble.of(0.0081)),
                        "new",
                        new Event.Fitted("llmperf.json", "cd34", "distribution", 150, 0.014, OptionalDouble.empty()))));
    }
}
