package dev.changeover.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.trace.SyntheticTrace;
import dev.changeover.harness.trace.SyntheticTrace.Lengths;
import dev.changeover.harness.trace.SyntheticTrace.Parameters;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.TraceWriter;
import dev.changeover.harness.trace.importer.Traces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Makes the library's trace of a help desk, where half of the questions are asked again and again, and some of them
/// with the same words and another temperature; and holds the one that is there to what is made.
class QuestionsTraceTest {

    private static final Path BUNDLED = Path.of("library/traces/questions.jsonl.gz");

    private static final long SEED = 20260116;

    private static final Parameters ARRIVALS = Parameters.chat(1_800, Duration.ofMinutes(8), SEED)
            .withLengths(new Lengths(300, 1_000, 1_200), new Lengths(60, 150, 240))
            .withModels(List.of("gpt-4.1"));

    private static final List<String> DEEDS =
            List.of("change", "cancel", "pay for", "share", "delete", "export", "move", "renew");
    private static final List<String> THINGS =
            List.of("plan", "invoice", "account", "password", "team", "project", "address", "device");

    private final SplittableRandom random = new SplittableRandom(SEED);

    @TempDir
    Path folder;

    @Test
    void theBundledTraceIsWhatTheProjectsOwnToolMakes() throws IOException {
        Path arrivals = folder.resolve("arrivals.jsonl.gz");
        Path made = folder.resolve("made.jsonl.gz");
        SyntheticTrace.write(ARRIVALS, arrivals);
        try (TraceReader reader = Traces.open(arrivals);
                TraceWriter writer = new TraceWriter(
                        made, "Synthetic, made by Changeover with seed %d; nobody asked this.".formatted(SEED))) {
            for (int number = 0; reader.hasNext(); number++) {
                writer.write(asking(reader.next(), number));
            }
            writer.finish();
        }
        if (Boolean.getBoolean("changeover.traces")) {
            Files.copy(made, BUNDLED, StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(BUNDLED)
                .as("made by: ./mvnw verify -pl scenarios -am -Dtest=QuestionsTraceTest -Dchangeover.traces=true "
                        + "-Dsurefire.failIfNoSpecifiedTests=false")
                .hasSameBinaryContentAs(made);
    }

    private TraceRequest asking(TraceRequest arrival, int number) {
        String question = "How do I %s my %s?".formatted(often(DEEDS), often(THINGS));
        String asked = random.nextBoolean() ? question : "%s My ticket is number %d.".formatted(question, number);
        String temperature = random.nextInt(4) == 0 ? "1.0" : "0.2";
        int mostTokens = random.nextInt(4) == 0 ? 2 * arrival.outputTokens().orElseThrow() : 90;
        String body = """
            {"model":"gpt-4.1","stream":%s%s,"temperature":%s,"max_tokens":%d,"messages":[{"role":"system",\
            "content":"You help customers in two sentences."},{"role":"user","content":"%s"}]}\
            """.formatted(
                        arrival.stream().orElseThrow(),
                        arrival.stream().orElseThrow() ? ",\"stream_options\":{\"include_usage\":true}" : "",
                        temperature,
                        mostTokens,
                        asked);
        return TraceRequest.arriving(arrival.atNanos())
                .conversation(arrival.conversation())
                .model(Optional.of("gpt-4.1"))
                .stream(arrival.stream())
                .body(Optional.of(body.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    /// The first word is asked for most.
    private String often(List<String> words) {
        return words.get(Math.min(random.nextInt(words.size()), random.nextInt(words.size())));
    }
}
