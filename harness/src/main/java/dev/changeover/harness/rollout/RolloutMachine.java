package dev.changeover.harness.rollout;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.PhaseDecision;
import dev.changeover.harness.scenario.Rollout;
import dev.changeover.harness.scenario.Rollout.Decider;
import dev.changeover.harness.scenario.Rollout.Sticky;
import dev.changeover.harness.stats.EProcess;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.wire.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Moves traffic to the new provider phase by phase, and says when to go back. A phase begins when its
/// weight is in force. All times are wall time since t0.
public final class RolloutMachine {

    private static final double DOUBT = 5;
    private static final int NONE = -1;
    private static final long EVIDENCE_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private enum Stage {
        WAITING,
        /// A weight is on its way to the gateway.
        CHANGING,
        HOLDING,
        /// The gateway refused the weight of this phase; it will be asked again.
        REFUSED,
        ASKING,
        /// The last phase was promoted: the rollout is over, and what comes is the gateway's to survive.
        STANDING,
        BACK
    }

    private final Rollout rollout;
    private final double speed;
    private final Labels labels;
    private final RunningEvidence evidence;
    private Stage stage = Stage.WAITING;
    private int phase;
    private int phaseInForce = NONE;
    private long ended;
    private long heldFromNanos;
    private long heldFromEnded;
    private long evidenceToldNanos;

    /// @param speed trace time is divided by it
    /// @param errorObjective share of requests that may fail
    /// @param attempts whether the gateway tells its own tries; else the ledger has to do
    public RolloutMachine(Rollout rollout, double speed, OptionalDouble errorObjective, boolean attempts) {
        this.rollout = rollout;
        this.speed = speed;
        this.labels = new Labels(attempts);
        this.evidence = new RunningEvidence(rollout, errorObjective);
    }

    /// Something happened.
    public List<Decision> accept(Event event, long now) {
        if (event instanceof Event.Request request && request.id().purpose() == Purpose.REQUEST) {
            ended++;
        }
        if (event instanceof Event.Transition step) {
            evidence.add(step);
        }
        List<Decision> decisions = new ArrayList<>();
        for (Labelled request : labels.accept(event, now)) {
            decisions.addAll(add(request, now));
        }
        decisions.addAll(decide(now));
        return decisions;
    }

    /// Time has passed.
    public List<Decision> tick(long now) {
        List<Decision> decisions = new ArrayList<>();
        for (Labelled request : labels.settle(now)) {
            decisions.addAll(add(request, now));
        }
        decisions.addAll(decide(now));
        return decisions;
    }

    /// The weight that was asked for is in force.
    public List<Decision> inForce(long now) {
        if (stage != Stage.CHANGING) {
            return List.of();
        }
        phaseInForce = phase;
        evidence.inForce(weight().value(), now);
        holdFrom(now, Stage.HOLDING);
        return tellEvidence(now);
    }

    /// The gateway would not take the weight that was asked for.
    public List<Decision> refused(String reason, long now) {
        if (stage != Stage.CHANGING) {
            return List.of();
        }
        holdFrom(now, Stage.REFUSED);
        return end(
                PhaseDecision.HELD,
                "the gateway refused %s: %s".formatted(Sentences.percent(weight().value()), reason),
                now);
    }

    /// An answer to what was asked.
    public List<Decision> answered(Approval.Answer answer, long now) {
        if (stage != Stage.ASKING) {
            return List.of();
        }
        return switch (answer) {
            case PROMOTE -> promote("approved by hand", now);
            case HOLD -> hold("held by hand", now);
            case ROLL_BACK -> rollBack("rolled back by hand", now);
        };
    }

    /// Go back, for a reason that lies outside the rollout. Nothing is promoted any more.
    public List<Decision> rollBack(String reason, long now) {
        if (stage == Stage.BACK) {
            return List.of();
        }
        String why = phaseInForce == NONE ? reason : reason + ", " + numbers(now);
        List<Decision> decisions = new ArrayList<>();
        if (phaseInForce != NONE) {
            phase = phaseInForce;
            decisions.addAll(end(PhaseDecision.ROLLED_BACK, why, now));
        }
        stage = Stage.BACK;
        decisions.add(new Decision.RollBack(why));
        return decisions;
    }

    /// The last word of the evidence, when the run is over.
    public List<Decision> close(long now) {
        if (!watching()) {
            return List.of();
        }
        labels.settle(now + Labels.PATIENCE_NANOS).forEach(evidence::add);
        return tellEvidence(now);
    }

    private List<Decision> add(Labelled request, long now) {
        if (stage == Stage.STANDING || stage == Stage.BACK) {
            return List.of();
        }
        evidence.add(request);
        boolean alarm = rollout.gate() != Decider.CALENDAR && watching() && evidence.eValue() >= EProcess.ALARM;
        return alarm ? rollBack("E reached %.0f".formatted(EProcess.ALARM), now) : List.of();
    }

    private List<Decision> decide(long now) {
        List<Decision> decisions = new ArrayList<>(
                switch (stage) {
                    case WAITING -> now >= rollout.at().toNanos() / speed ? ask() : List.of();
                    case HOLDING -> holdIsOver(now) ? endOfHold(now) : List.of();
                    case REFUSED -> holdIsOver(now) ? ask() : List.of();
                    case CHANGING, ASKING, STANDING, BACK -> List.of();
                });
        if (watching() && now - evidenceToldNanos >= EVIDENCE_EVERY_NANOS) {
            decisions.addAll(tellEvidence(now));
        }
        return decisions;
    }

    private List<Decision> ask() {
        stage = Stage.CHANGING;
        return List.of(new Decision.SetWeight(weight()));
    }

    private boolean holdIsOver(long now) {
        return switch (rollout.hold()) {
            case Rollout.Hold.For(var traceTime) -> now - heldFromNanos >= traceTime.toNanos() / speed;
            case Rollout.Hold.Requests(var count) -> ended - heldFromEnded >= count;
        };
    }

    private List<Decision> endOfHold(long now) {
        return switch (rollout.gate()) {
            case CALENDAR -> promote("by the calendar", now);
            case EVIDENCE -> {
                Optional<String> doubt = doubt();
                yield doubt.isPresent() ? hold(doubt.get(), now) : promote("nothing speaks against it", now);
            }
            case MANUAL -> {
                Optional<String> doubt = doubt();
                yield doubt.isPresent() ? hold(doubt.get(), now) : askSomebody(now);
            }
        };
    }

    private List<Decision> askSomebody(long now) {
        stage = Stage.ASKING;
        Optional<Share> next =
                isLast() ? Optional.empty() : Optional.of(rollout.weights().get(phase + 1));
        return List.of(new Decision.Ask(new Approval.Question(phase, weight(), next, numbers(now))));
    }

    private Optional<String> doubt() {
        PhaseTraffic traffic = evidence.phase().orElseThrow();
        if (traffic.newAnsweredNothing()) {
            return Optional.of("new has answered nothing in this phase");
        }
        if (traffic.contradictsTheWeight()) {
            return Optional.of(Sentences.share(
                    traffic, rollout.sticky() == Sticky.CONVERSATION ? "new conversations" : "requests"));
        }
        return evidence.eValue() >= DOUBT
                ? Optional.of("E is %.0f or more, which leaves it in doubt".formatted(DOUBT))
                : Optional.empty();
    }

    private List<Decision> promote(String why, long now) {
        List<Decision> decisions = end(PhaseDecision.PROMOTED, why + ", " + numbers(now), now);
        if (isLast()) {
            stage = Stage.STANDING;
        } else {
            phase++;
            decisions.addAll(ask());
        }
        return decisions;
    }

    private List<Decision> hold(String why, long now) {
        List<Decision> decisions = end(PhaseDecision.HELD, why + ", " + numbers(now), now);
        holdFrom(now, Stage.HOLDING);
        return decisions;
    }

    private void holdFrom(long now, Stage holding) {
        stage = holding;
        heldFromNanos = now;
        heldFromEnded = ended;
    }

    private List<Decision> end(PhaseDecision decision, String why, long now) {
        List<Decision> decisions = phaseInForce == NONE ? new ArrayList<>() : tellEvidence(now);
        decisions.add(
                new Decision.Tell(new Event.PhaseEnd(phase, weight().value(), decision, why, evidence.eValue(), now)));
        return decisions;
    }

    private List<Decision> tellEvidence(long now) {
        evidenceToldNanos = now;
        return new ArrayList<>(List.of(new Decision.Tell(evidence.event(phaseInForce, now))));
    }

    /// Until the last promotion or the way back; what comes after that says nothing of the weights any more.
    private boolean watching() {
        return evidence.phase().isPresent() && stage != Stage.STANDING && stage != Stage.BACK;
    }

    private String numbers(long now) {
        Duration held = Duration.ofNanos(evidence.phase()
                .map(PhaseTraffic::sinceNanos)
                .map(since -> now - since)
                .orElse(0L));
        return "after %s: %s".formatted(Sentences.seconds(held), Sentences.evidence(evidence.event(phaseInForce, now)));
    }

    private boolean isLast() {
        return phase == rollout.weights().size() - 1;
    }

    private Share weight() {
        return rollout.weights().get(phase);
    }
}
