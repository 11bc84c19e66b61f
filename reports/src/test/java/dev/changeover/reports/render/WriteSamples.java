package dev.changeover.reports.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the sample reports into a folder, to be looked at.
final class WriteSamples {

    private WriteSamples() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        write(Samples.paired(), folder.resolve("paired"));
        write(Samples.failover(), folder.resolve("failover"));
        write(Samples.paired().judged(), folder.resolve("paired-judged"));
        write(Samples.failover().judged(), folder.resolve("failover-judged"));
        write(CanarySample.sample(), folder.resolve("canary"));
        write(CanarySample.credited(), folder.resolve("credited"));
        write(Samples.empty(), folder.resolve("empty"));
    }

    private static void write(Samples sample, Path folder) throws IOException {
        Reports.writeAll(sample.judgement(), sample.history(), Files.createDirectories(folder));
    }
}
