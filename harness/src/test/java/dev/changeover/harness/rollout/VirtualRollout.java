package dev.changeover.harness.rollout;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.PhaseDecision;
import dev.changeover.harness.scenario.Rollout;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Hash;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.wire.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/// A rollout in virtual time: a request every ten milliseconds, four to a conversation, through a
/// gateway that does as it is told unless a test says otherwise.
final class VirtualRollout {

    static final long STEP = Duration.ofMillis(10).toNanos();

    /// Where a gateway sends a request.
    interface Split {
        Arm choose(String conversation, long number, double weight, SplittableRandom random);
    }

    static final Split PER_REQUEST = (_, _, weight, random) -> random.nextDouble() < weight ? Arm.NEW : Arm.OLD;

    /// Every conversation stays where it was first sent.
    static Split remembering() {
        Map<String, Arm> known = new HashMap<>();
        return (conversation, _, weight, random) ->
                known.computeIfAbsent(conversation, _ -> random.nextDouble() < weight ? Arm.NEW : Arm.OLD);
    }

    /// A conversation moves once, when the weight reaches it.
    static final Split BY_HASH =
            (conversation, _, weight, _) -> Hash.unit(Hash.mix(Hash.of(conversation))) < weight ? Arm.NEW : Arm.OLD;

    Split split = remembering();
    double oldErrors = 0.01;
    double newErrors = 0.01;
    double newSlow = 0.03;
    boolean attempts = true;
    boolean saved;
    OptionalDouble refusedAbove = OptionalDouble.empty();
    Optional<Approval.Answer> answer = Optional.empty();
    int perConversation = 4;

    final List<String> told = new ArrayList<>();
    final List<Event.PhaseEnd> ends = new ArrayList<>();
    final List<Event.Evidence> evidence = new ArrayList<>();
    final List<Approval.Question> questions = new ArrayList<>();
    private final SplittableRandom random;
    private final RolloutMachine machine;
    private double weight;
    private long now;
    private long number;
    private double limit = 1;

    VirtualRollout(Rollout rollout, long seed) {
        this(rollout, seed, OptionalDouble.of(0.05), true);
    }

    VirtualRollout(Rollout rollout, long seed, OptionalDouble objective, boolean attempts) {
        this.attempts = attempts;
        this.random = new SplittableRandom(seed);
        this.machine = new RolloutMachine(rollout, 1, objective, attempts);
    }

    static Rollout rollout(Rollout.Decider gate, Rollout.Hold hold, double... weights) {
        return rollout(gate, hold, Rollout.Sticky.CONVERSATION, weights);
    }

    static Rollout rollout(Rollout.Decider gate, Rollout.Hold hold, Rollout.Sticky sticky, double... weights) {
        List<Share> shares = Arrays.stream(weights).mapToObj(Share::new).toList();
        return new Rollout(Duration.ofSeconds(2), shares, hold, sticky, gate, Rollout.Tolerated.DEFAULT);
    }

    static Rollout.Hold seconds(long seconds) {
        return new Rollout.Hold.For(Duration.ofSeconds(seconds));
    }

    VirtualRollout run(Duration length) {
        long end = now + length.toNanos();
        while (now < end) {
            now += STEP;
            act(machine.tick(now));
            send();
        }
        return this;
    }

    long requestsSent() {
        return number;
    }

    double weight() {
        return weight;
    }

    void rollBack(String reason) {
        act(machine.rollBack(reason, now));
    }

    void close() {
        act(machine.close(now));
    }

    List<PhaseDecision> decisions() {
        return ends.stream().map(Event.PhaseEnd::decision).toList();
    }

    Event.PhaseEnd lastEnd() {
        return ends.getLast();
    }

    /// No request goes to the new provider beyond this share, whatever the weight.
    VirtualRollout ignoringWeightsAbove(double share) {
        limit = share;
        return this;
    }

    private void send() {
        String conversation = "c" + number / perConversation;
        Arm arm = split.choose(conversation, number, Math.min(weight, limit), random);
        boolean failed = random.nextDouble() < (arm == Arm.NEW ? newErrors : oldErrors);
        boolean slow = random.nextDouble() < (arm == Arm.NEW ? newSlow : 0.03);
        Outcome first = failed ? Calls.BROKEN : Outcome.SERVED;
        long sent = now - Duration.ofMillis(slow ? 900 : 100).toNanos();
        if (attempts) {
            act(machine.accept(Calls.attempt(number, arm, 1, sent, first), now));
            if (failed && saved) {
                act(machine.accept(Calls.attempt(number, arm.other(), 2, sent, Outcome.SERVED), now));
            }
        } else {
            act(machine.accept(Calls.row(number, arm, sent, first), now));
        }
        Outcome seen = failed && saved ? Outcome.SERVED : first;
        act(machine.accept(Calls.request(number, conversation, sent, now, seen), now));
        number++;
    }

    private void act(List<Decision> decisions) {
        for (Decision decision : decisions) {
            switch (decision) {
                case Decision.SetWeight set -> set(set.toNew());
                case Decision.Ask ask -> {
                    questions.add(ask.question());
                    answer.ifPresent(given -> act(machine.answered(given, now)));
                }
                case Decision.RollBack back -> {
                    told.add("back: " + back.why());
                    weight = 0;
                }
                case Decision.Tell tell -> tell(tell.event());
            }
        }
    }

    private void set(Share share) {
        if (refusedAbove.isPresent() && share.value() > refusedAbove.getAsDouble()) {
            act(machine.refused("HTTP 500", now));
        } else {
            weight = share.value();
            told.add("weight " + Sentences.percent(weight));
            act(machine.inForce(now));
        }
    }

    private void tell(Event event) {
        if (event instanceof Event.PhaseEnd end) {
            ends.add(end);
        } else if (event instanceof Event.Evidence seen) {
            evidence.add(seen);
        } else {
            throw new AssertionError("told " + event);
        }
    }
}
