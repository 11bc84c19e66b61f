package dev.changeover.benchmarks.importing;

import dev.changeover.benchmarks.common.Machine;
import dev.changeover.benchmarks.common.ProcStatus;
import dev.changeover.benchmarks.common.Schedules;
import dev.changeover.harness.replay.Schedule;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceWriter;
import dev.changeover.harness.trace.importer.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How fast recordings are imported, and that a schedule takes no more memory for a longer trace. Each measurement is a
/// process of its own, which starts cold. docs/benchmarks.md says how to run it.
public final class ImportBenchmark {

    private static final long ROWS = 2_000_000;
    private static final long LONG_ROWS = 10_000_000;

    private ImportBenchmark() {}

    /// @param args `--quick` for a tenth of the rows; the rest is for its own processes
    public static void main(String[] args) throws IOException, InterruptedException {
        switch (args.length == 0 ? "" : args[0]) {
            case "import" -> importAll(args[1], Path.of(args[2]));
            case "schedule" -> schedule(Path.of(args[1]));
            default -> measureAll(List.of(args).contains("--quick") ? 10 : 1);
        }
    }

    private static void measureAll(int part) throws IOException, InterruptedException {
        System.out.println(Machine.line() + ", Java " + Runtime.version());
        Path folder = Files.createTempDirectory("changeover-import");
        Path file = folder.resolve("recording");
        try {
            System.out.println("| | rows | rows a second | processor time, us a row | greatest resident memory, MB |");
            System.out.println("|---|---|---|---|---|");
            for (Recording recording : Recording.values()) {
                recording.write(file, ROWS / part);
                inItsOwnProcess("import", recording.name().toLowerCase(Locale.ROOT), file.toString());
            }
            for (long rows : new long[] {LONG_ROWS / part / 10, LONG_ROWS / part}) {
                Recording.AZURE.write(file, rows);
                inItsOwnProcess("schedule", file.toString());
            }
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static void inItsOwnProcess(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@scenarios/jvm.options",
                "-cp",
                System.getProperty("java.class.path"),
                ImportBenchmark.class.getName()));
        command.addAll(List.of(arguments));
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("'%s' ended with %d".formatted(String.join(" ", arguments), exit));
        }
    }

    /// As `changeover import` does it: read, brought into order, written as a trace.
    private static void importAll(String format, Path file) throws IOException {
        Path trace = file.resolveSibling("trace.jsonl");
        long start = System.nanoTime();
        long rows;
        try (TraceReader reader = Traces.open(file)) {
            rows = TraceWriter.copy(reader, trace, "A benchmark's.");
        }
        Files.delete(trace);
        tell("import of " + format, rows, start);
    }

    private static void schedule(Path file) {
        long start = System.nanoTime();
        long rows = 0;
        try (TraceReader reader = Traces.open(file)) {
            Schedule schedule = Schedules.of(reader, true);
            for (; schedule.hasNext(); rows++) {
                schedule.next();
            }
        }
        tell("schedule with bodies, from azure", rows, start);
    }

    private static void tell(String what, long rows, long startNanos) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        ProcStatus self = new ProcStatus(ProcessHandle.current().pid());
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %,.0f | %.1f | %.0f |%n",
                what,
                rows,
                rows / seconds,
                self.processorTime().toNanos() / 1e3 / rows,
                self.field("VmHWM") / 1e3);
    }
}
