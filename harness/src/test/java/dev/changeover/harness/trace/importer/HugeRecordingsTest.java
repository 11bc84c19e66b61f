package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.Written;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Small files that unpack to a gigabyte of one line, one text or one list are refused where that begins, by a process
/// with a heap that could never hold it.
@Timeout(400)
class HugeRecordingsTest {

    private static final String HEAP = "-Xmx160m";
    private static final int BLOCK = 32 << 20;
    private static final int BLOCKS = 32;
    private static final List<String> JSON =
            List.of("interactions", "openai_batch", "langfuse", "litellm_spend", "otlp", "har");

    @TempDir
    private Path folder;

    @Test
    void aLineOrATextWithoutEnd() throws IOException, InterruptedException {
        byte[] letters = Written.gzip("a".repeat(BLOCK));
        byte[] digits = Written.gzip("7".repeat(BLOCK));
        List<String> arguments = new ArrayList<>();
        for (Importer importer : Importers.ALL) {
            String example = Examples.of(importer);
            int text = example.indexOf("Good morning.");
            String start = text > 0 ? example.substring(0, text) : example.replaceFirst("\\D*$", "");
            arguments.add(importer.name());
            arguments.add(packed(importer.name(), start, text > 0 ? letters : digits));
        }
        assertThat(refusals(arguments))
                .hasSize(Importers.ALL.size())
                .allSatisfy(told -> assertThat(told).containsPattern("^\\w+ refused at line [1-9]"));
    }

    @Test
    void aListWithoutEnd() throws IOException, InterruptedException {
        byte[] lists = Written.gzip("[],".repeat(BLOCK / 3));
        List<String> arguments = new ArrayList<>();
        for (String name : JSON) {
            arguments.add(name);
            arguments.add(packed(name + "-lists", "{\"log\":{\"entries\":[{\"request\":{\"url\":[", lists));
        }
        assertThat(refusals(arguments))
                .hasSize(JSON.size())
                .allSatisfy(told -> assertThat(told).containsPattern("^\\w+ refused at line 1"));
    }

    private String packed(String name, String start, byte[] block) throws IOException {
        Path file = folder.resolve(name + ".gz");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(Written.gzip(start));
            for (int written = 0; written < BLOCKS; written++) {
                out.write(block);
            }
        }
        return file.toString();
    }

    private static List<String> refusals(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                Small.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream told = process.getInputStream()) {
            String all = new String(told.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(all).isZero();
            return all.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    /// The process with the small heap: tells how it fared with each file.
    static final class Small {

        private Small() {}

        public static void main(String[] namesAndFiles) {
            for (int at = 0; at < namesAndFiles.length; at += 2) {
                Path file = Path.of(namesAndFiles[at + 1]);
                System.out.println(namesAndFiles[at] + " " + fared(namesAndFiles[at], file));
            }
        }

        private static String fared(String name, Path file) {
            Reading reading = new Reading(LeftOut.counting(), OptionalDouble.of(1));
            Reading own = name.equals("changeover") ? Reading.counting(LeftOut.counting()) : reading;
            try (TraceReader reader = Traces.open(List.of(file), Optional.of(name), own)) {
                long requests = 0;
                while (reader.hasNext()) {
                    reader.next();
                    requests++;
                }
                return "read " + requests;
            } catch (TraceException e) {
                return "refused at line %d: %s".formatted(e.line(), e.what());
            } catch (OutOfMemoryError e) {
                return "ran out of memory";
            }
        }
    }
}
