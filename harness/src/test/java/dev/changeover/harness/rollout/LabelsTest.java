package dev.changeover.harness.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.Rollout.Decider;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LabelsTest {

    private static final long LATER = Labels.PATIENCE_NANOS + 1_000;

    private final Labels byAttempts = new Labels(true);
    private final Labels byLedger = new Labels(false);

    @Test
    void theFirstAttemptSaysWhoseItIs() {
        byAttempts.accept(Calls.attempt(1, Arm.NEW, 1, 0, Calls.BROKEN), 5);
        byAttempts.accept(Calls.attempt(1, Arm.OLD, 2, 5, Outcome.SERVED), 9);
        Labelled labelled = byAttempts
                .accept(Calls.request(1, "c", 0, 10, Outcome.SERVED), 10)
                .getFirst();
        assertThat(labelled.arm()).contains(Arm.NEW);
        assertThat(labelled.failed())
                .as("saved by the other, failed by this one")
                .isTrue();
    }

    @Test
    void anAttemptThatIsToldLateIsWaitedFor() {
        assertThat(byAttempts.accept(Calls.request(1, "c", 0, 10, Outcome.SERVED), 10))
                .isEmpty();
        assertThat(byAttempts.accept(Calls.attempt(1, Arm.OLD, 1, 0, Outcome.SERVED), 11))
                .singleElement()
                .satisfies(labelled -> assertThat(labelled.failed()).isFalse());
        assertThat(byAttempts.settle(LATER)).isEmpty();
    }

    @Test
    void theEarliestRowOfTheLedgerSaysWhoseItIsWhateverTheOrder() {
        byLedger.accept(Calls.row(1, Arm.OLD, 50, Outcome.SERVED), 60);
        assertThat(byLedger.accept(Calls.request(1, "c", 0, 60, Outcome.SERVED), 60))
                .isEmpty();
        byLedger.accept(Calls.row(1, Arm.NEW, 10, Outcome.CANCELLED), 70);
        assertThat(byLedger.settle(LATER)).singleElement().satisfies(labelled -> {
            assertThat(labelled.arm()).contains(Arm.NEW);
            assertThat(labelled.failed())
                    .as("given up by the gateway, not by the client")
                    .isTrue();
        });
    }

    @Test
    void whatTheClientGaveUpIsNobodysFailure() {
        byAttempts.accept(Calls.attempt(1, Arm.NEW, 1, 0, Outcome.CANCELLED), 5);
        assertThat(byAttempts.accept(Calls.request(1, "c", 0, 6, Outcome.CANCELLED), 6))
                .singleElement()
                .satisfies(labelled -> assertThat(labelled.failed()).isFalse());
    }

    @Test
    void aRequestThatReachedNobodyHasNoLabel() {
        byLedger.accept(Calls.request(1, "c", 0, 10, Calls.BROKEN), 10);
        assertThat(byLedger.settle(10)).isEmpty();
        assertThat(byLedger.settle(LATER)).singleElement().satisfies(labelled -> {
            assertThat(labelled.arm()).isEmpty();
            assertThat(labelled.failed()).isTrue();
        });
    }

    @Test
    void onlyRequestsCount() {
        CallId warmUp = new CallId(Purpose.WARMUP, 1);
        assertThat(List.of(
                        byAttempts.accept(Calls.request(warmUp, "c", 0, 10, Calls.BROKEN), 10),
                        byAttempts.settle(LATER)))
                .allMatch(List::isEmpty);
    }

    @Test
    void anErrorWithoutALabelIsLaidToWhereItsConversationWas() {
        RunningEvidence evidence = new RunningEvidence(
                VirtualRollout.rollout(Decider.EVIDENCE, VirtualRollout.seconds(1), 0.5), OptionalDouble.empty());
        evidence.inForce(0.5, 0);
        evidence.add(new Labelled(Calls.request(1, "known", 1, 2, Outcome.SERVED), Optional.of(Arm.NEW), false));
        evidence.add(new Labelled(Calls.request(2, "known", 3, 4, Calls.BROKEN), Optional.empty(), true));
        evidence.add(new Labelled(Calls.request(3, "stranger", 3, 4, Calls.BROKEN), Optional.empty(), true));
        evidence.add(new Labelled(Calls.request(4, "cached", 3, 4, Outcome.SERVED), Optional.empty(), false));
        assertThat(evidence.event(0, 5).newErrors()).isEqualTo(1);
        assertThat(evidence.event(0, 5).unlabelled()).isEqualTo(1);
        assertThat(evidence.event(0, 5).newSeen()).isEqualTo(1);
    }
}
