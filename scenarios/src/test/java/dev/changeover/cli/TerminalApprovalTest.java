package dev.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.rollout.Approval.Answer;
import dev.changeover.harness.rollout.Approval.Question;
import dev.changeover.harness.scenario.Rollout;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.units.Share;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TerminalApprovalTest {

    private static final Question QUESTION = new Question(
            0, new Share(0.3), Optional.of(Share.ALL), "after 10.0 s: 1 of 12 conversations on new had an error");

    private final StringWriter shown = new StringWriter();
    private final PipedWriter keyboard = new PipedWriter();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private TerminalApproval approval;

    @BeforeEach
    void sitDown() throws IOException {
        Terminal terminal = new Terminal(new BufferedReader(new PipedReader(keyboard)), new PrintWriter(shown));
        approval = new TerminalApproval(terminal, ProgressLine.on(new PrintWriter(new StringWriter()), true));
    }

    @Test
    void theQuestionHasTheNumbersAndTheAnswerIsTaken() throws Exception {
        approval.ask(QUESTION, answers::add);
        type("p");
        assertThat(answers.take()).isEqualTo(Answer.PROMOTE);
        assertThat(shown.toString())
                .contains("phase 1 of the rollout, 30% to new, after 10.0 s: 1 of 12")
                .contains("promote to 100%, hold, or roll back?");
    }

    @Test
    void whatIsNoAnswerIsAskedAgain() throws Exception {
        approval.ask(QUESTION, answers::add);
        type("yes");
        type(" Roll back ");
        assertThat(answers.take()).isEqualTo(Answer.ROLL_BACK);
        assertThat(shown.toString().split("roll back\\?", -1)).hasSize(3);
    }

    @Test
    void aQuestionThatHasSettledItselfTakesNoAnswer() throws Exception {
        BlockingQueue<Answer> withdrawn = new LinkedBlockingQueue<>();
        approval.ask(QUESTION, withdrawn::add);
        approval.withdraw();
        approval.withdraw();
        approval.ask(QUESTION, answers::add);
        type("h");
        assertThat(answers.take()).isEqualTo(Answer.HOLD);
        assertThat(withdrawn).isEmpty();
        assertThat(shown.toString()).containsOnlyOnce("no answer is needed any more");
    }

    @Test
    void aTerminalThatIsGoneHolds() throws Exception {
        approval.ask(QUESTION, answers::add);
        keyboard.close();
        assertThat(answers.take()).isEqualTo(Answer.HOLD);
        approval.ask(QUESTION, answers::add);
        assertThat(answers.take()).isEqualTo(Answer.HOLD);
    }

    @Test
    void aManualGateWithoutATerminalIsRefused(@TempDir Path folder) throws Exception {
        Scenario manual = manual(folder);
        assertThatThrownBy(() -> Terminal.neededBy(List.of(manual), Optional::empty))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("rollout.gate is manual")
                .hasMessageContaining("--set rollout.gate=evidence");
    }

    @Test
    void nobodyLooksForATerminalThatIsNotNeeded() {
        assertThat(Terminal.neededBy(List.of(), () -> {
                    throw new AssertionError("looked for");
                }))
                .isEmpty();
    }

    private void type(String line) throws IOException {
        keyboard.write(line + "\n");
        keyboard.flush();
    }

    private static Scenario manual(Path folder) throws Exception {
        Files.writeString(folder.resolve("trace.jsonl"), "{\"changeover_trace\":1,\"about\":\"Made up.\"}\n");
        Scenario base =
                ScenarioParser.parse("""
                    scenario: moved
                    about: Nothing that is run.
                    traffic: { trace: trace.jsonl }
                    providers: { old: { simulate: { profile: steady } }, new: { simulate: { profile: steady } } }
                    gateway: { reference: { route: [old, new] } }
                    expect: { error_rate: { max: 1% } }
                    """, "moved.yaml", folder, List.of()).scenario();
        Rollout rollout = new Rollout(
                Duration.ZERO,
                List.of(Share.ALL),
                new Rollout.Hold.Requests(1),
                Rollout.Sticky.REQUEST,
                Rollout.Decider.MANUAL,
                Rollout.Tolerated.DEFAULT);
        return new Scenario(
                base.name(),
                base.about(),
                base.traffic(),
                base.providers(),
                base.gateway(),
                base.toxiproxy(),
                base.faults(),
                Optional.of(rollout),
                Optional.empty(),
                base.objectives(),
                base.expect(),
                base.alerts(),
                base.cost(),
                base.claims(),
                base.budget(),
                base.seed());
    }
}
