package dev.changeover.harness.rollout;

import dev.changeover.harness.units.Share;
import java.util.Optional;
import java.util.function.Consumer;

/// Somebody who decides at the end of a phase. Traffic goes on until they do.
public interface Approval {

    /// Never answers.
    Approval NOBODY = new Approval() {
        @Override
        public void ask(Question question, Consumer<Answer> answer) {
            // nobody is there
        }

        @Override
        public void withdraw() {
            // nobody was asked
        }
    };

    /// @param answer takes it, from any thread, at any time or never
    void ask(Question question, Consumer<Answer> answer);

    /// The question has settled itself, or the run is over: an answer is no longer wanted.
    void withdraw();

    /// @param phase from 0
    /// @param weight that has been in force
    /// @param next that promoting would put in force; empty: it was the last
    /// @param numbers what was seen, in a sentence
    record Question(int phase, Share weight, Optional<Share> next, String numbers) {}

    enum Answer {
        PROMOTE,
        HOLD,
        ROLL_BACK
    }
}
