package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.changeover.harness.trace.SharedData;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.TraceWriter;
import dev.changeover.harness.trace.Written;
import dev.changeover.harness.wire.ChatRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cassettes that others recorded, held against their index.
class CassettesTest {

    private static final Pattern ADDRESS = Pattern.compile("(?m)^\\s*(?:- )?\"?ur[il]\"?: \"?(https?://[^\\s\"]+)");

    @TempDir
    private Path folder;

    private final LeftOut leftOut = LeftOut.counting();

    @Test
    void everyCassetteIsImportedOrLeftOutForAReason() throws IOException {
        List<String> lines = Files.readAllLines(SharedData.file("cassettes").resolve("INDEX.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            Path file = SharedData.file("cassettes").resolve(cells[0]);
            LeftOut unusable = LeftOut.counting();
            List<TraceRequest> requests = readOrNone(file, unusable);
            assertThat(requests.size() + unusable.rows()).as(cells[0]).isEqualTo(Long.parseLong(cells[6]));
            long completions = addresses(file).stream()
                    .filter(address -> address.contains("/chat/completions"))
                    .count();
            if (cells[0].endsWith("chat-no-messages.yaml")) {
                assertThat(unusable.text()).contains("no chat completion");
            } else {
                assertThat(requests).as(cells[0]).hasSize((int) completions);
                assertThat(requests)
                        .as(cells[0])
                        .extracting(request -> request.answer().orElseThrow().status())
                        .containsExactlyElementsOf(statuses(cells[9]).subList(0, requests.size()));
            }
            assertThat(unusable.reasons()).extracting(LeftOut.Reason::why).allMatch("no chat completion"::equals);
        }
    }

    @Test
    void togetherTheyBecomeATraceThatCanBeSent() {
        Path trace = folder.resolve("trace.jsonl");
        try (TraceReader reader = open(SharedData.file("cassettes"), leftOut)) {
            TraceWriter.copy(reader, trace, "Converted.");
        }
        List<TraceRequest> requests = Written.read(trace);
        assertThat(requests).hasSize(51);
        assertThat(leftOut.reasons())
                .extracting(LeftOut.Reason::why, LeftOut.Reason::rows)
                .containsExactly(tuple("a file in no known format", 2L), tuple("no chat completion", 16L));
        assertThat(requests.stream()
                        .filter(r -> r.answer().orElseThrow().outputTokens().isPresent()))
                .hasSize(27);
        assertThat(requests).allSatisfy(request -> {
            ChatRequest asked = ChatRequest.parse(request.body().orElseThrow());
            assertThat(request.model()).contains(asked.model());
            assertThat(request.stream()).contains(asked.stream());
        });
    }

    private List<TraceRequest> readOrNone(Path file, LeftOut unusable) {
        try (TraceReader reader = open(file, unusable)) {
            List<TraceRequest> requests = new ArrayList<>();
            reader.forEachRemaining(requests::add);
            return requests;
        } catch (TraceException e) {
            assertThat(e.what()).startsWith("holds no requests");
            return List.of();
        }
    }

    private static TraceReader open(Path recording, LeftOut leftOut) {
        return Traces.open(List.of(recording), Optional.empty(), new Reading(leftOut, OptionalDouble.of(10)));
    }

    private static List<String> addresses(Path file) throws IOException {
        return ADDRESS.matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static List<Integer> statuses(String cell) {
        return Arrays.stream(cell.split(" ")).map(Integer::valueOf).toList();
    }
}
