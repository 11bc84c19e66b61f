package dev.changeover.cli;

import dev.changeover.harness.gate.Judgement;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import java.util.List;
import java.util.stream.Stream;

/// What a process answers to those who script it.
final class ExitCode {

    static final int GO = 0;
    static final int NO_GO = 1;
    static final int BAD_INPUT = 2;
    static final int INCONCLUSIVE = 3;
    static final int TESTBED_FAILED = 4;
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    /// The same for a run and for its report, whenever that is made.
    static int of(Judgement judgement, History history) {
        return history.ended().map(Event.RunEnded::end).map(ExitCode::early).orElse(GO) == GO
                ? of(judgement)
                : early(history.ended().orElseThrow().end());
    }

    /// Of several runs: ours, then the worst verdict.
    static int ofAll(List<Integer> codes) {
        return Stream.of(TESTBED_FAILED, NO_GO, INCONCLUSIVE)
                .filter(codes::contains)
                .findFirst()
                .orElse(GO);
    }

    private static int of(Judgement judgement) {
        return switch (judgement.verdict()) {
            case GO -> GO;
            case NO_GO -> NO_GO;
            case INCONCLUSIVE -> INCONCLUSIVE;
        };
    }

    private static int early(Event.RunEnded.End end) {
        return switch (end) {
            case COMPLETED -> GO;
            case BUDGET -> INCONCLUSIVE;
            case GATEWAY_NOT_READY -> NO_GO;
            case TESTBED_FAILED -> TESTBED_FAILED;
            case INTERRUPTED -> INTERRUPTED;
        };
    }
}
