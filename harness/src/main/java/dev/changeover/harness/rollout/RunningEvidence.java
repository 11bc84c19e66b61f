package dev.changeover.harness.rollout;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Rollout;
import dev.changeover.harness.scenario.Rollout.Sticky;
import dev.changeover.harness.stats.EProcess;
import dev.changeover.harness.units.Arm;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/// What the run so far says of the new provider: two always-valid tests over conversations, one of
/// errors and one of slow answers, and their mean, which is one too. Conversations count, for the errors
/// of one come together.
///
/// At full weight there is nothing to compare. There each request of a conversation, up to its first
/// error, is a trial against the error objective; of slow answers there is no objective, so they add
/// nothing.
final class RunningEvidence {

    private static final int FEWEST_FOR_A_P95 = 59;

    private final Sticky sticky;
    private final OptionalDouble errorObjective;
    private final EProcess errors;
    private final EProcess slow;
    private final Weights weights = new Weights();
    private final KeptOut keptOut = new KeptOut();
    private final Map<String, Conversation> conversations = new Recent<>();
    private final Histogram oldLatencies = new Histogram(3);
    private final Count old = new Count();
    private final Count fresh = new Count();
    private Optional<PhaseTraffic> phase = Optional.empty();
    private boolean hops;
    private long unlabelled;

    /// @param errorObjective share of requests that may fail
    RunningEvidence(Rollout rollout, OptionalDouble errorObjective) {
        this.sticky = rollout.sticky();
        this.errorObjective = errorObjective;
        this.errors = new EProcess(rollout.tolerated().errors());
        this.slow = new EProcess(rollout.tolerated().slow());
    }

    /// A new phase, or the same again.
    void inForce(double weight, long now) {
        weights.inForce(weight, now);
        phase = Optional.of(new PhaseTraffic(weight, now));
    }

    Optional<PhaseTraffic> phase() {
        return phase;
    }

    void add(Event.Transition step) {
        keptOut.add(step);
    }

    /// What was sent while a provider was kept out went to the other by nobody's coin, and counts for nothing.
    void add(Labelled request) {
        if (keptOut.any(request.sentNanos())) {
            return;
        }
        Conversation known = conversations.get(request.conversation());
        Optional<Arm> arm = request.arm()
                .or(() ->
                        Optional.ofNullable(known).filter(c -> request.failed()).map(c -> c.arm));
        if (arm.isEmpty()) {
            unlabelled += request.failed() ? 1 : 0;
            return;
        }
        if (phase.isEmpty()) {
            sampleBefore(request, arm.get());
        }
        count(request, arm.get(), conversation(request, arm.get(), known));
        boolean drawn = request.arm().isPresent() && (known == null || sticky == Sticky.REQUEST);
        phase.ifPresent(p -> p.add(request, arm.get(), drawn));
    }

    private void sampleBefore(Labelled request, Arm arm) {
        if (arm == Arm.OLD && request.served()) {
            oldLatencies.recordValue(latencyMicros(request));
        }
    }

    /// A conversation that came to another provider was given to it anew. A gateway that was seen doing
    /// so is taken to draw for each request from then on: with the weights in force at the request the
    /// test stays valid either way.
    private Conversation conversation(Labelled request, Arm arm, Conversation known) {
        Conversation conversation = known;
        if (conversation == null) {
            conversation = new Conversation();
            conversations.put(request.conversation(), conversation);
        } else if (conversation.arm != arm) {
            hops = true;
        }
        boolean noChoice = weights.at(request.sentNanos()) == 1;
        if (known == null || sticky == Sticky.REQUEST || hops || noChoice) {
            conversation.weight = weights.at(request.sentNanos());
        }
        conversation.arm = arm;
        return conversation;
    }

    private void count(Labelled request, Arm arm, Conversation conversation) {
        double weight = conversation.weight;
        if (weight == 0) {
            return;
        }
        Count counts = arm == Arm.NEW ? fresh : old;
        counts.seen += conversation.seenOn(arm) ? 1 : 0;
        if (!conversation.bad) {
            conversation.bad = request.failed();
            counts.bad += request.failed() ? 1 : 0;
            weighErrors(request.failed(), arm, weight);
        }
        if (!conversation.slow && isSlow(request)) {
            conversation.slow = true;
            counts.slow++;
            if (weight < 1) {
                slow.bad(arm == Arm.NEW, weight);
            }
        }
    }

    private void weighErrors(boolean failed, Arm arm, double weight) {
        if (weight < 1) {
            if (failed) {
                errors.bad(arm == Arm.NEW, weight);
            }
        } else if (arm == Arm.NEW && errorObjective.isPresent() && errorObjective.getAsDouble() < 1) {
            errors.trial(failed, errorObjective.getAsDouble());
        }
    }

    private boolean isSlow(Labelled request) {
        return oldLatencies.getTotalCount() >= FEWEST_FOR_A_P95
                && request.served()
                && latencyMicros(request) > oldLatencies.getValueAtPercentile(95);
    }

    double eValue() {
        return errors.value() / 2 + slow.value() / 2;
    }

    /// @param phaseIndex from 0
    Event.Evidence event(int phaseIndex, long now) {
        return new Event.Evidence(
                phaseIndex,
                eValue(),
                errors.value(),
                slow.value(),
                old.seen,
                old.bad,
                old.slow,
                fresh.seen,
                fresh.bad,
                fresh.slow,
                unlabelled,
                now);
    }

    private static long latencyMicros(Labelled request) {
        return Math.max(0, request.request().timing().latencyNanos()) / 1_000;
    }

    private static final class Count {
        private long seen;
        private long bad;
        private long slow;
    }

    private static final class Conversation {
        private Arm arm;
        private double weight;
        private boolean bad;
        private boolean slow;
        private boolean onOld;
        private boolean onNew;

        /// @return whether it had not been seen there
        private boolean seenOn(Arm here) {
            boolean before = here == Arm.NEW ? onNew : onOld;
            onNew |= here == Arm.NEW;
            onOld |= here == Arm.OLD;
            return !before;
        }
    }
}
