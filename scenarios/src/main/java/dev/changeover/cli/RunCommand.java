package dev.changeover.cli;

import dev.changeover.harness.history.Event.RunEnded.End;
import dev.changeover.harness.history.HistoryException;
import dev.changeover.harness.rehearsal.Plan;
import dev.changeover.harness.rehearsal.Progress;
import dev.changeover.harness.rehearsal.Rehearsal;
import dev.changeover.harness.rehearsal.TestbedException;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.ScenarioException;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.units.Money;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "run", description = "Rehearses a scenario and answers GO, NO_GO or INCONCLUSIVE.")
final class RunCommand implements Callable<Integer> {

    private static final long SECONDS_TO_UNDO = 20;

    @Mixin
    private ScenarioArguments arguments;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the run's files go: new or empty. runs/<time>-<scenario> else.")
    private Path out;

    @Option(
            names = "--toxiproxy",
            paramLabel = "BACKEND",
            defaultValue = "embedded",
            description = "Which Toxiproxy injects the faults. This version has: embedded.")
    private String toxiproxy;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also writes the JUnit XML here.")
    private Path junit;

    @Option(names = "--quiet", description = "Prints the verdict only.")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ScenarioException, TestbedException, HistoryException, IOException {
        requireEmbedded();
        requireJunitFolder();
        ScenarioParser.Parsed parsed = arguments.read();
        Scenario scenario = parsed.scenario();
        Plan plan = Plan.of(scenario.traffic());
        requireRequests(plan, scenario);
        requireWithinBudget(plan, scenario);
        RunFolder folder = RunFolder.create(out, scenario.name());
        folder.writeScenario(parsed.resolvedYaml());

        PrintWriter terminal = spec.commandLine().getOut();
        ProgressLine progress = ProgressLine.on(terminal, quiet);
        progress.say("%s: %,d requests in %.0f s; the report goes to %s"
                .formatted(scenario.name(), plan.requests(), plan.spanNanos() / 1e9, folder.path()));
        Stream.concat(parsed.warnings().stream(), plan.warnings().stream())
                .forEach(warning -> progress.say("warning: " + warning));
        End end = rehearse(scenario, parsed.resolvedYaml(), plan, folder, progress);
        progress.clear();
        return end == End.INTERRUPTED ? ExitCode.INTERRUPTED : tell(folder, terminal);
    }

    private int tell(RunFolder folder, PrintWriter terminal)
            throws HistoryException, ScenarioException, TestbedException {
        JudgedRun judged = JudgedRun.read(folder);
        judged.writeReports();
        if (junit != null) {
            copyJunit(folder);
        }
        judged.tell(terminal, quiet);
        return judged.exitCode();
    }

    private void copyJunit(RunFolder folder) {
        try {
            Files.copy(folder.path().resolve("junit.xml"), junit, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UserError("--junit %s: cannot be written (%s)".formatted(junit, e), e);
        }
    }

    /// Runs it so that Ctrl-C ends the run, not the process, and the process only once everything is undone. The
    /// process may then be gone at any moment, so an interrupted run is reported on when it is asked for.
    private static End rehearse(
            Scenario scenario, String resolvedYaml, Plan plan, RunFolder folder, Consumer<Progress> watcher)
            throws TestbedException, HistoryException {
        Rehearsal rehearsal =
                new Rehearsal(scenario, resolvedYaml, plan, ScenarioArguments.SECRETS, folder.history(), watcher);
        CountDownLatch over = new CountDownLatch(1);
        Thread onInterrupt = Thread.ofPlatform().name("on-interrupt").unstarted(() -> {
            rehearsal.stop(End.INTERRUPTED, "interrupted from outside");
            System.err.printf(
                    "%ninterrupted; %s and the history is kept%n    changeover report %s%n",
                    isOver(over) ? "everything is undone" : "not all was undone within %d s".formatted(SECONDS_TO_UNDO),
                    folder.path());
        });
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            return rehearsal.run().end();
        } finally {
            over.countDown();
            removeHook(onInterrupt);
        }
    }

    private static boolean isOver(CountDownLatch over) {
        try {
            return over.await(SECONDS_TO_UNDO, TimeUnit.SECONDS);
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

    private void requireEmbedded() {
        if (!toxiproxy.equals("embedded")) {
            throw new UserError(
                    "--toxiproxy %s: this version has only the embedded one%n    leave it out, or write embedded"
                            .formatted(toxiproxy));
        }
    }

    /// Before the run: after it, a wrong path would cost the verdict.
    private void requireJunitFolder() {
        if (junit != null
                && (Files.isDirectory(junit)
                        || !Files.isWritable(junit.toAbsolutePath().getParent()))) {
            throw new UserError(
                    "--junit %s: cannot be written%n    name a file in a folder that is there".formatted(junit));
        }
    }

    private static void requireRequests(Plan plan, Scenario scenario) {
        if (plan.requests() == 0) {
            throw new UserError(
                    "%s: no request in the window%n    widen traffic.window, or look with: changeover trace %s"
                            .formatted(
                                    scenario.traffic().trace(),
                                    scenario.traffic().trace()));
        }
    }

    private static void requireWithinBudget(Plan plan, Scenario scenario) {
        if (scenario.budget().isEmpty()) {
            return;
        }
        Money limit = scenario.budget().get().maxSpend();
        for (Money expected : plan.expectedSpend(scenario)) {
            if (expected.minus(limit).amount().signum() > 0) {
                throw new UserError(
                        "the run would cost %s and the budget is %s%n    shorten traffic.window, or raise budget.max_spend"
                                .formatted(expected, limit));
            }
        }
    }
}
