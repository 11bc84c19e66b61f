package dev.changeover.cli;

import dev.changeover.harness.trace.Importers;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceWriter;
import dev.changeover.harness.trace.Traces;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "import", description = "Turns a recording into a trace.")
final class ImportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The recording.")
    private Path file;

    @Option(names = "--out", paramLabel = "TRACE", description = "The trace to write; gzipped if it ends in .gz.")
    private Path out;

    @Option(names = "--format", paramLabel = "F", description = "Its format, where guessing goes wrong.")
    private String format;

    @Option(names = "--list", description = "Lists the formats.")
    private boolean list;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter terminal = spec.commandLine().getOut();
        if (list) {
            Importers.all().forEach(i -> terminal.printf("%-16s %s%n", i.name(), i.sentence()));
        } else if (file == null || out == null) {
            throw new UserError("import needs a FILE and --out TRACE%n    changeover import --list shows the formats"
                    .formatted());
        } else {
            terminal.printf("%,d requests written to %s%n", copy(), out);
        }
        terminal.flush();
        return ExitCode.GO;
    }

    private long copy() {
        try (TraceReader trace = format == null ? Traces.open(file) : Traces.open(file, format)) {
            return TraceWriter.write(trace, out);
        }
    }
}
