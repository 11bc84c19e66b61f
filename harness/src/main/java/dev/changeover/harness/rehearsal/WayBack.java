package dev.changeover.harness.rehearsal;

import dev.changeover.harness.gateway.program.BoundedLog;
import dev.changeover.harness.gateway.program.Ended;
import dev.changeover.harness.gateway.program.Program;
import dev.changeover.harness.gateway.program.Template;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.ConfigurationMoment;
import dev.changeover.harness.history.Event.RollbackStep;
import dev.changeover.harness.history.Event.WeightCause;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.scenario.Rollback;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.units.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Gives the traffic back to the old provider: by the user's own script, run for real, or by a weight of
/// zero.
final class WayBack {

    private static final long SECONDS_BETWEEN_TRIES = 1;
    private static final int LINES_TOLD = 5;

    private final Optional<Rollback.Script> script;
    private final Front front;
    private final Weigher weigher;
    private final Configurations configurations;
    private final Path log;
    private final Ticker clock;
    private final EventSink events;

    /// @param script empty: by weight
    /// @param log what the script prints is kept there
    WayBack(
            Optional<Rollback.Script> script,
            Front front,
            Weigher weigher,
            Configurations configurations,
            Path log,
            Ticker clock,
            EventSink events) {
        this.script = script;
        this.front = front;
        this.weigher = weigher;
        this.configurations = configurations;
        this.log = log;
        this.clock = clock;
        this.events = events;
    }

    /// Goes it to the end. A gateway that refuses is asked again every second.
    void go() throws InterruptedException {
        if (script.isPresent()) {
            run(script.get());
        } else {
            askUntilItTakes();
        }
        configurations.tell(ConfigurationMoment.ROLLED_BACK);
    }

    private void askUntilItTakes() throws InterruptedException {
        Optional<String> refused = weigher.weigh(Share.NONE, WeightCause.ROLLBACK);
        while (refused.isPresent()) {
            tell(RollbackStep.WEIGHT_REFUSED, refused.get());
            TimeUnit.SECONDS.sleep(SECONDS_BETWEEN_TRIES);
            refused = weigher.weigh(Share.NONE, WeightCause.ROLLBACK);
        }
        tell(RollbackStep.WEIGHT_SET, "");
    }

    private void run(Rollback.Script script) throws InterruptedException {
        Map<String, String> values = new HashMap<>(front.values());
        values.putAll(GivenValues.weights(Share.NONE));
        Map<String, String> env = new HashMap<>(front.environment());
        List<String> command;
        try {
            command = script.command().stream()
                    .map(word -> Template.fill(word, values))
                    .toList();
            script.env().forEach((name, value) -> env.put(name, Template.fill(value, values)));
        } catch (IllegalArgumentException e) {
            tell(RollbackStep.SCRIPT_FAILED, "it could not be started: " + e.getMessage());
            return;
        }
        tell(RollbackStep.SCRIPT_STARTED, String.join(" ", command));
        try {
            Path work = Files.createDirectories(Path.of(values.get("work")));
            Ended ended = Program.run(command, env, work, log, script.patience());
            tell(stepOf(ended), withLastLines(ended.text()));
        } catch (IOException e) {
            tell(RollbackStep.SCRIPT_FAILED, "its folder could not be made: " + e);
        } catch (InterruptedException e) {
            tell(RollbackStep.SCRIPT_FAILED, withLastLines("the run ended before it did, and it was killed"));
            throw e;
        }
    }

    private static RollbackStep stepOf(Ended ended) {
        return switch (ended) {
            case Ended.Exited exited -> exited.code() == 0 ? RollbackStep.SCRIPT_SUCCEEDED : RollbackStep.SCRIPT_FAILED;
            case Ended.Hung _ -> RollbackStep.SCRIPT_HUNG;
            case Ended.NotStarted _ -> RollbackStep.SCRIPT_FAILED;
        };
    }

    private String withLastLines(String sentence) {
        List<String> lines = BoundedLog.tail(log, LINES_TOLD);
        return lines.isEmpty() ? sentence : sentence + "; its last words: " + front.redact(String.join(" | ", lines));
    }

    private void tell(RollbackStep step, String detail) {
        events.accept(new Event.Rollback(step, detail, clock.nanos()));
    }
}
