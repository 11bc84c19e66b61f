package dev.changeover.benchmarks.recording;

import dev.changeover.benchmarks.common.Machine;
import dev.changeover.benchmarks.common.Rounds;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// What a recorder adds: streams directly from a provider and through a recorder, in turn, round by round, with the
/// direct way twice to show what the machine alone does. docs/benchmarks.md says how to run it.
public final class RecordBenchmark {

    private static final int CONNECTIONS = 20;
    private static final int CHUNKS = 50;
    private static final long GAP_NANOS = 20_000_000;
    private static final int WARM_UP_STREAMS = 10;

    private static final String DIRECT = "direct";
    private static final String AGAIN = "direct again";
    private static final String RECORDED = "recorded";

    private RecordBenchmark() {}

    /// @param args `--quick` for two rounds
    public static void main(String[] args) throws IOException, InterruptedException {
        boolean quick = List.of(args).contains("--quick");
        System.out.println(Machine.line());
        Path folder = Files.createTempDirectory("changeover-record-benchmark");
        Path out = folder.resolve("rec.jsonl");
        try (StampingProvider provider = new StampingProvider(CHUNKS, GAP_NANOS)) {
            Process recorder = start(provider.port(), out);
            try (BufferedReader said = recorder.inputReader()) {
                int port = Integer.parseInt(said.readLine());
                Map<String, Integer> ways = new LinkedHashMap<>();
                ways.put(DIRECT, provider.port());
                ways.put(AGAIN, provider.port());
                ways.put(RECORDED, port);
                measure(ways, quick ? 2 : 9, quick ? 2 : 5);
                recorder.getOutputStream().close();
                System.out.println(said.readLine());
            } finally {
                recorder.destroy();
            }
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(folder);
        }
        System.out.println(Machine.line());
    }

    private static Process start(int port, Path out) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@scenarios/jvm.options",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecorderProcess.class.getName(),
                        "http://127.0.0.1:" + port + "/v1",
                        out.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void measure(Map<String, Integer> ways, int rounds, int streams) throws InterruptedException {
        for (int port : ways.values()) {
            Delays.of(port, CONNECTIONS, WARM_UP_STREAMS);
        }
        Map<String, Rounds> lines = new LinkedHashMap<>();
        List<String> names = List.copyOf(ways.keySet());
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < names.size(); turn++) {
                String way = names.get((turn + round) % names.size());
                Delays delays = Delays.of(ways.get(way), CONNECTIONS, streams);
                take(lines, "time to the first chunk", way, delays.first());
                take(lines, "delay of a chunk", way, delays.chunk());
            }
        }
        System.out.printf(
                "%d connections, %d chunks/s each; microseconds, medians of %d rounds (least to greatest)%n%n",
                CONNECTIONS, 1_000_000_000 / GAP_NANOS, rounds);
        System.out.println("| | direct | direct again, added | recorded, added |");
        System.out.println("|---|---|---|---|");
        lines.forEach((title, line) -> System.out.printf(
                "| %s | %s | %s | %s |%n",
                title, text(line.of(DIRECT)), text(line.added(AGAIN, DIRECT)), text(line.added(RECORDED, DIRECT))));
    }

    private static void take(Map<String, Rounds> lines, String title, String way, Histogram nanos) {
        for (int percentile : new int[] {50, 99}) {
            lines.computeIfAbsent(title + ", p" + percentile, _ -> new Rounds())
                    .add(way, nanos.getValueAtPercentile(percentile) / 1e3);
        }
    }

    private static String text(Rounds.Summary figures) {
        return String.format(Locale.ROOT, "%.0f (%.0f to %.0f)", figures.median(), figures.min(), figures.max());
    }
}
