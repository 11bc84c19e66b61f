package dev.changeover.cli;

import dev.changeover.harness.history.HistoryException;
import dev.changeover.harness.rehearsal.TestbedException;
import dev.changeover.harness.scenario.ScenarioException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "report", description = "Judges a run's history again, writes its reports, and exits as the run did.")
final class ReportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "A run's folder.")
    private Path run;

    @Option(names = "--quiet", description = "Prints the verdict only.")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ScenarioException, TestbedException {
        try {
            JudgedRun judged = JudgedRun.read(RunFolder.existing(run));
            judged.writeReports();
            judged.tell(spec.commandLine().getOut(), quiet);
            return judged.exitCode();
        } catch (HistoryException e) {
            throw new UserError(e.getMessage(), e);
        }
    }
}
