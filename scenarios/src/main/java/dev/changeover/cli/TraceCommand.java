package dev.changeover.cli;

import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceSummary;
import dev.changeover.harness.trace.TraceSummaryText;
import dev.changeover.harness.trace.importer.LeftOut;
import dev.changeover.harness.trace.importer.Reading;
import dev.changeover.harness.trace.importer.Traces;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "trace", description = "Describes recorded traffic.")
final class TraceCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Anything that can be imported.")
    private List<Path> files;

    @Option(names = "--format", paramLabel = "F", description = "Its format, where guessing goes wrong.")
    private String format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter terminal = spec.commandLine().getOut();
        LeftOut leftOut = LeftOut.counting();
        try (TraceReader trace = Traces.open(files, Optional.ofNullable(format), Reading.counting(leftOut))) {
            terminal.print(TraceSummaryText.of(TraceSummary.of(trace)));
        }
        LeftOutTold.print(leftOut, terminal);
        terminal.flush();
        return ExitCode.GO;
    }
}
