package dev.changeover.cli;

import dev.changeover.harness.history.Event.RunEnded.End;
import dev.changeover.harness.history.HistoryException;
import dev.changeover.harness.rehearsal.BudgetCheck;
import dev.changeover.harness.rehearsal.Fits;
import dev.changeover.harness.rehearsal.Plan;
import dev.changeover.harness.rehearsal.Progress;
import dev.changeover.harness.rehearsal.Rehearsal;
import dev.changeover.harness.rehearsal.TestbedException;
import dev.changeover.harness.rollout.Approval;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.ScenarioParser;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A scenario that is read, counted and fit to run.
record PreparedRun(ScenarioParser.Parsed parsed, Plan plan, Fits fits) {

    private static final long SECONDS_TO_UNDO = 20;

    static PreparedRun of(ScenarioParser.Parsed parsed) {
        PreparedRun run = new PreparedRun(parsed, Plan.of(parsed.scenario()), Fits.of(parsed.scenario()));
        run.requireRequests();
        run.requireWithinBudget();
        return run;
    }

    Scenario scenario() {
        return parsed.scenario();
    }

    List<String> warnings() {
        return Stream.of(parsed.warnings(), plan.warnings(parsed.scenario()), fits.warnings(plan.spanNanos()))
                .flatMap(List::stream)
                .toList();
    }

    /// Runs it so that Ctrl-C ends the run, not the process, and the process only once everything is undone. The
    /// process may then be gone at any moment, so an interrupted run is reported on when it is asked for.
    ///
    /// @param approval asked by a rollout whose gate is manual
    End rehearse(RunFolder folder, Consumer<Progress> watcher, Approval approval)
            throws TestbedException, HistoryException, IOException {
        folder.writeScenario(parsed.resolvedYaml());
        Rehearsal rehearsal =
                new Rehearsal(parsed, plan, fits, ScenarioArguments.SECRETS, folder.history(), watcher, approval);
        CountDownLatch over = new CountDownLatch(1);
        Thread onInterrupt = Thread.ofPlatform().name("on-interrupt").unstarted(() -> {
            rehearsal.stop(End.INTERRUPTED, "interrupted from outside");
            String undone = undone(over, rehearsal);
            System.err.printf(
                    "%ninterrupted; %s and the history is kept%n    changeover report %s%n", undone, folder.path());
        });
        try {
            Runtime.getRuntime().addShutdownHook(onInterrupt);
        } catch (IllegalStateException _) {
            // the process is being ended: nothing is to begin any more
            return End.INTERRUPTED;
        }
        try {
            return rehearsal.run().end();
        } finally {
            over.countDown();
            removeHook(onInterrupt);
        }
    }

    private String undone(CountDownLatch over, Rehearsal rehearsal) {
        long seconds = SECONDS_TO_UNDO + secondsToStop();
        if (!isOver(over, seconds)) {
            return "not all was undone within %d s".formatted(seconds);
        }
        return rehearsal.notUndone().isEmpty()
                ? "everything is undone"
                : "not everything could be undone: %s;".formatted(String.join("; ", rehearsal.notUndone()));
    }

    private long secondsToStop() {
        return switch (scenario().gateway()) {
            case Gateway.Command command -> command.stopWithin().toSeconds() + 1;
            case Gateway.None _, Gateway.Url _, Gateway.Reference _ -> 0;
        };
    }

    private static boolean isOver(CountDownLatch over, long seconds) {
        try {
            return over.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the process is being ended: the hook is running
        }
    }

    private void requireRequests() {
        if (plan.requests() == 0) {
            throw new UserError(
                    "%s: no request in the window%n    widen traffic.window, or look with: changeover trace %s"
                            .formatted(
                                    scenario().traffic().trace(),
                                    scenario().traffic().trace()));
        }
    }

    private void requireWithinBudget() {
        BudgetCheck.refusal(plan, scenario()).ifPresent(why -> {
            throw new UserError(why);
        });
    }
}
