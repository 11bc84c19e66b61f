package dev.changeover.cli;

import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceSummary;
import dev.changeover.harness.trace.TraceSummaryText;
import dev.changeover.harness.trace.Traces;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "trace", description = "Describes recorded traffic.")
final class TraceCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "Anything that can be imported.")
    private Path file;

    @Option(names = "--format", paramLabel = "F", description = "Its format, where guessing goes wrong.")
    private String format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (TraceReader trace = format == null ? Traces.open(file) : Traces.open(file, format)) {
            spec.commandLine().getOut().print(TraceSummaryText.of(TraceSummary.of(trace)));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.GO;
    }
}
