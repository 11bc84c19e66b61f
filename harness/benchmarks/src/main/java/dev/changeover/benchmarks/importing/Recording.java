package dev.changeover.benchmarks.importing;

import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.TraceWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// A generated recording: a thousand rows a second, in a format that people have.
enum Recording {
    AZURE {
        @Override
        void write(Path file, long rows) throws IOException {
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                out.write("TIMESTAMP,ContextTokens,GeneratedTokens\n");
                for (long row = 0; row < rows; row++) {
                    out.write(START.plusNanos(row * GAP_NANOS).format(TIME));
                    out.write("," + input(row) + "," + output(row) + "\n");
                }
            }
        }
    },
    MOONCAKE {
        @Override
        void write(Path file, long rows) throws IOException {
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                for (long row = 0; row < rows; row++) {
                    long first = row;
                    int blocks = (input(row) + 511) / 512;
                    String ids = IntStream.range(0, blocks)
                            .mapToObj(block -> Long.toString(first + block))
                            .reduce((one, next) -> one + ", " + next)
                            .orElse("");
                    out.write("{\"timestamp\": " + row * GAP_NANOS / 1_000_000 + ", \"input_length\": " + input(row)
                            + ", \"output_length\": " + output(row) + ", \"hash_ids\": [" + ids + "]}\n");
                }
            }
        }
    },
    CANONICAL {
        @Override
        void write(Path file, long rows) {
            TraceWriter.copy(
                    LongStream.range(0, rows)
                            .mapToObj(row -> TraceRequest.ofCounts(row * GAP_NANOS, input(row), output(row)))
                            .iterator(),
                    file,
                    "Generated for a benchmark.");
        }
    };

    private static final LocalDateTime START = LocalDateTime.of(2024, 5, 1, 0, 0);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSS");
    private static final long GAP_NANOS = 1_000_000;

    abstract void write(Path file, long rows) throws IOException;

    private static int input(long row) {
        return (int) (20 + row * 7_919 % 2_000);
    }

    private static int output(long row) {
        return (int) (1 + row * 104_729 % 500);
    }
}
