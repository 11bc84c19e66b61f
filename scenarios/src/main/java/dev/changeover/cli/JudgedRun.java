package dev.changeover.cli;

import dev.changeover.harness.gate.Judge;
import dev.changeover.harness.gate.Judgement;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.HistoryException;
import dev.changeover.harness.history.HistoryReader;
import dev.changeover.harness.rehearsal.TestbedException;
import dev.changeover.harness.scenario.ScenarioException;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.reports.render.Reports;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A run's history, read from its file and judged: the one way to a report, right after the run and any time later.
record JudgedRun(RunFolder folder, History history, Judgement judgement) {

    static JudgedRun read(RunFolder folder) throws HistoryException, ScenarioException {
        History history = HistoryReader.read(folder.history());
        ScenarioParser.Parsed parsed = ScenarioParser.parse(
                history.started().scenarioYaml(), folder.history() + " (scenario)", folder.path(), List.of());
        return new JudgedRun(folder, history, Judge.judge(parsed.scenario(), history));
    }

    /// @throws TestbedException when the disk is full, or the folder cannot be written to
    void writeReports() throws TestbedException {
        try {
            Reports.writeAll(judgement, history, folder.path());
        } catch (IOException e) {
            throw new TestbedException(
                    "%s: the reports cannot be written (%s)%n    the history is kept; free space, then: changeover report %s"
                            .formatted(folder.path(), e.getMessage(), folder.path()),
                    e);
        }
    }

    int exitCode() {
        return ExitCode.of(judgement, history);
    }

    void tell(PrintWriter out, boolean quiet) {
        if (quiet) {
            out.println(judgement.verdict());
        } else {
            out.printf("%n%s%n", judgement.verdict());
            judgement.reasons().forEach(reason -> out.println("  " + reason));
            Path log = folder.path().resolve("gateway.log");
            if (exitCode() != ExitCode.GO && Files.isRegularFile(log)) {
                out.println("  what the gateway printed: " + log);
            }
            out.printf("%n%s%n", folder.path().resolve("report.html"));
        }
        out.flush();
    }
}
