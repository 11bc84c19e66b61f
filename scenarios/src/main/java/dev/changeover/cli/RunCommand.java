package dev.changeover.cli;

import dev.changeover.harness.history.Event.RunEnded.End;
import dev.changeover.harness.history.HistoryException;
import dev.changeover.harness.rehearsal.TestbedException;
import dev.changeover.harness.rollout.Approval;
import dev.changeover.harness.scenario.ScenarioException;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.toxics.backend.BackendChoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = {
            "Rehearses a scenario and answers GO, NO_GO or INCONCLUSIVE.",
            "Several are run one after the other; the exit code of the whole is the first of 4, 1, 3, 0 that one of"
                    + " them ended with, and 2 before any is run when one cannot be."
        })
final class RunCommand implements Callable<Integer> {

    @Mixin
    private ScenarioArguments arguments;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the run's files go: new or empty. runs/<time>-<scenario> else. Of several, each goes"
                    + " into a folder in it that is named after it.")
    private Path out;

    @Option(
            names = "--toxiproxy",
            paramLabel = "BACKEND",
            description = "What injects faults into connections: embedded, binary, container or remote=URL;"
                    + " what the scenario says else.")
    private String toxiproxy;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also writes the JUnit XML here; of one scenario.")
    private Path junit;

    @Option(names = "--quiet", description = "Prints the verdict only; of several, the table.")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    private Optional<Terminal> asking = Optional.empty();

    @Override
    public Integer call() throws ScenarioException, TestbedException, HistoryException, IOException {
        requireJunitFolder();
        List<PreparedRun> runs = new ArrayList<>();
        for (ScenarioParser.Parsed parsed : arguments.read(settings())) {
            runs.add(PreparedRun.of(parsed));
        }
        asking = Terminal.neededBy(runs.stream().map(PreparedRun::scenario).toList(), Terminal::find);
        return runs.size() == 1
                ? one(runs.getFirst(), RunFolder.create(out, runs.getFirst().scenario()))
                : several(runs);
    }

    private int one(PreparedRun run, RunFolder folder)
            throws ScenarioException, TestbedException, HistoryException, IOException {
        if (rehearse(run, folder, "") == End.INTERRUPTED) {
            return ExitCode.INTERRUPTED;
        }
        JudgedRun judged = judge(folder);
        if (junit != null) {
            copyJunit(folder);
        }
        judged.tell(terminal(), quiet);
        return judged.exitCode();
    }

    /// All places are made before the first run, so that none of the later ones fails for want of one.
    private int several(List<PreparedRun> runs) {
        if (junit != null) {
            throw new UserError("--junit %s: takes one scenario, got %d%n    each run's folder has its junit.xml"
                    .formatted(junit, runs.size()));
        }
        List<RunFolder> folders = RunFolder.createEach(
                out, runs.stream().map(PreparedRun::scenario).toList());
        List<RunRow> rows = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            RunRow row = oneOfSeveral(runs.get(i), folders.get(i), "(%d of %d) ".formatted(i + 1, runs.size()));
            rows.add(row);
            if (row.exitCode() == ExitCode.INTERRUPTED) {
                return ExitCode.INTERRUPTED;
            }
        }
        terminal().print((quiet ? "" : System.lineSeparator()) + RunRow.table(rows));
        terminal().flush();
        return ExitCode.ofAll(rows.stream().map(RunRow::exitCode).toList());
    }

    /// One that fails for a reason of our own takes its line of the table, and the next is run.
    private RunRow oneOfSeveral(PreparedRun run, RunFolder folder, String which) {
        String name = run.scenario().name();
        try {
            if (rehearse(run, folder, which) == End.INTERRUPTED) {
                return RunRow.failed(name, "interrupted", ExitCode.INTERRUPTED);
            }
            JudgedRun judged = judge(folder);
            if (!quiet) {
                judged.tell(terminal(), false);
            }
            return RunRow.of(judged);
        } catch (TestbedException | HistoryException | ScenarioException | IOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return RunRow.failed(name, e.getMessage(), ExitCode.TESTBED_FAILED);
        }
    }

    private End rehearse(PreparedRun run, RunFolder folder, String which)
            throws TestbedException, HistoryException, IOException {
        ProgressLine progress = ProgressLine.on(terminal(), quiet);
        progress.say("%s%s: %s; the report goes to %s"
                .formatted(which, run.scenario().name(), run.plan().inWords(run.scenario()), folder.path()));
        run.warnings().forEach(warning -> progress.say("warning: " + warning));
        End end = run.rehearse(folder, progress, approval(progress));
        progress.clear();
        return end;
    }

    private Approval approval(ProgressLine progress) {
        return asking.<Approval>map(terminal -> new TerminalApproval(terminal, progress))
                .orElse(Approval.NOBODY);
    }

    private static JudgedRun judge(RunFolder folder) throws HistoryException, ScenarioException, TestbedException {
        JudgedRun judged = JudgedRun.read(folder);
        judged.writeReports();
        return judged;
    }

    private PrintWriter terminal() {
        return spec.commandLine().getOut();
    }

    private void copyJunit(RunFolder folder) {
        try {
            Files.copy(folder.path().resolve("junit.xml"), junit, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UserError("--junit %s: cannot be written (%s)".formatted(junit, e), e);
        }
    }

    private List<String> settings() {
        if (toxiproxy == null) {
            return List.of();
        }
        try {
            return List.of("toxiproxy=" + BackendChoice.parse(toxiproxy));
        } catch (IllegalArgumentException e) {
            throw new UserError("--toxiproxy %s: %s".formatted(toxiproxy, e.getMessage()), e);
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
}
