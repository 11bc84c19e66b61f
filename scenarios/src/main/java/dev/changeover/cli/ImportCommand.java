package dev.changeover.cli;

import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceWriter;
import dev.changeover.harness.trace.importer.Importers;
import dev.changeover.harness.trace.importer.LeftOut;
import dev.changeover.harness.trace.importer.Reading;
import dev.changeover.harness.trace.importer.Traces;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "import", description = "Turns a recording into a trace.")
final class ImportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "The recording: files, or folders of them.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--out", paramLabel = "TRACE", description = "The trace to write; gzipped if it ends in .gz.")
    private Path out;

    @Option(names = "--format", paramLabel = "F", description = "Its format, where guessing goes wrong.")
    private String format;

    @Option(names = "--strict", description = "Refuses a recording with a row that cannot be replayed.")
    private boolean strict;

    @Option(
            names = "--rate",
            paramLabel = "N/s",
            description = "Arrivals a second, evenly, in place of the recorded times; 2/s for example.")
    private String rate;

    @Option(names = "--list", description = "Lists the formats.")
    private boolean list;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter terminal = spec.commandLine().getOut();
        if (list) {
            Importers.ALL.forEach(i -> terminal.printf("%-16s %s%n", i.name(), i.about()));
        } else if (files.isEmpty() || out == null) {
            throw new UserError(
                    "import needs a FILE and --out TRACE%n    changeover import --list shows the formats".formatted());
        } else if (isRecordingItself()) {
            throw new UserError("--out %s: is the recording itself%n    name another file".formatted(out));
        } else {
            LeftOut leftOut = strict ? LeftOut.refusing() : LeftOut.counting();
            long written = copy(leftOut);
            terminal.printf("%,d request%s written to %s%n", written, written == 1 ? "" : "s", out);
            LeftOutTold.print(leftOut, terminal);
        }
        terminal.flush();
        return ExitCode.GO;
    }

    private boolean isRecordingItself() {
        return Files.exists(out) && files.stream().anyMatch(this::isOut);
    }

    private boolean isOut(Path file) {
        try {
            return Files.isSameFile(out, file);
        } catch (IOException _) {
            return false;
        }
    }

    private long copy(LeftOut leftOut) {
        try (TraceReader trace = Traces.open(files, Optional.ofNullable(format), new Reading(leftOut, rate()))) {
            return TraceWriter.copy(trace, out, "imported from " + origin());
        }
    }

    private String origin() {
        Path first = files.getFirst().toAbsolutePath().normalize().getFileName();
        return files.size() == 1 ? first + "" : "%s and %d more".formatted(first, files.size() - 1);
    }

    private OptionalDouble rate() {
        if (rate == null) {
            return OptionalDouble.empty();
        }
        if (!rate.matches("\\d{1,6}(\\.\\d{1,6})?/s") || rate.matches("0+(\\.0+)?/s")) {
            throw new UserError("--rate %s: is no rate%n    write requests a second, like 2/s or 0.5/s, below 1000000"
                    .formatted(rate));
        }
        return OptionalDouble.of(Double.parseDouble(rate.substring(0, rate.length() - 2)));
    }
}
