package dev.changeover.harness.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.changeover.harness.trace.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Judges what real providers answered.
class RecordedAnswersTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private record Recorded(String id, int status, String contentType, String body) {

        Answer judged() {
            AnswerReader reader = new AnswerReader(status, contentType);
            byte[] bytes = body.getBytes(UTF_8);
            reader.feed(bytes, 0, bytes.length);
            return reader.finish(true);
        }
    }

    @Test
    void nothingRecordedIsMalformed() throws IOException {
        assertThat(recordings())
                .hasSizeGreaterThan(2_000)
                .noneMatch(recorded -> recorded.judged().outcome().equals(failed(ErrorKind.MALFORMED)));
    }

    @Test
    void nearlyAllRecordedSuccessesAreServed() throws IOException {
        List<Recorded> successes =
                recordings().stream().filter(each -> each.status() == 200).toList();

        assertThat(successes.stream().filter(each -> each.judged().outcome().isServed()))
                .hasSizeGreaterThan(successes.size() * 99 / 100);
    }

    @Test
    void servedAnswersHaveTextToCount() throws IOException {
        List<Answer> served = recordings().stream()
                .map(Recorded::judged)
                .filter(answer -> answer.outcome().isServed())
                .toList();

        assertThat(served.stream().filter(answer -> answer.countedOutput().isPresent()))
                .hasSizeGreaterThan(served.size() * 95 / 100);
        assertThat(served).allMatch(answer -> answer.model().isPresent());
    }

    @Test
    void everySplitOfARecordedStreamGivesTheSameAnswer() throws IOException {
        for (Recorded recorded : recordings().stream()
                .filter(each -> each.contentType().startsWith("text/event-stream"))
                .limit(40)
                .toList()) {
            Answer whole = recorded.judged();
            byte[] bytes = recorded.body().getBytes(UTF_8);
            for (int piece = 1; piece < 40; piece += 6) {
                AnswerReader reader = new AnswerReader(200, recorded.contentType());
                for (int at = 0; at < bytes.length; at += piece) {
                    reader.feed(bytes, at, Math.min(piece, bytes.length - at));
                }
                assertThat(reader.finish(true)).as(recorded.id()).isEqualTo(whole);
            }
        }
    }

    @Test
    void errorsOfTheCassettesHaveTheKindTheirNamesTell() throws IOException {
        int known = 0;
        try (CsvReader<NamedCsvRecord> rows =
                CsvReader.builder().ofNamedCsvRecord(SharedData.file("cassettes/INDEX.csv"))) {
            for (NamedCsvRecord row : rows) {
                Optional<ErrorKind> expected = toldBy(row.getField("file"), row.getField("statuses"));
                String body = row.getField("first_error_body");
                if (expected.isPresent() && !body.isEmpty()) {
                    int status = Integer.parseInt(row.getField("statuses").split(" ")[0]);
                    assertThat(ErrorClassifier.kindOf(status, body.getBytes(UTF_8)))
                            .as(row.getField("file"))
                            .isEqualTo(expected.get());
                    known++;
                }
            }
        }
        assertThat(known).isGreaterThan(20);
    }

    @Test
    void reportedErrorsHaveTheirKind() throws IOException {
        JsonNode items =
                JSON.readTree(Files.readAllBytes(SharedData.file("errors_reported/reported_error_shapes.json")));
        for (JsonNode item : items.path("items")) {
            ErrorKind expected = switch (item.path("kind").asString().split(" ")[0]) {
                case "tokens_per_minute" -> ErrorKind.RATE_LIMITED;
                case "request_larger_than_limit" -> ErrorKind.CONTEXT_LENGTH;
                case "overloaded" -> ErrorKind.OVERLOADED;
                case String other -> throw new AssertionError("no expectation for " + other);
            };
            assertThat(ErrorClassifier.kindOf(item.path("status").asInt(), JSON.writeValueAsBytes(item.path("body"))))
                    .isEqualTo(expected);
        }
        assertThat(items.path("items")).isNotEmpty();
    }

    private static Optional<ErrorKind> toldBy(String file, String statuses) {
        if (file.contains("auth_error")) {
            return Optional.of(ErrorKind.AUTH);
        }
        if (file.contains("context_length") && statuses.startsWith("400")) {
            return Optional.of(ErrorKind.CONTEXT_LENGTH);
        }
        return switch (statuses.split(" ")[0]) {
            case "403" -> Optional.of(ErrorKind.PERMISSION);
            case "404" -> Optional.of(ErrorKind.NOT_FOUND);
            case "429" -> file.contains("gemini-2_5") ? Optional.empty() : Optional.of(ErrorKind.RATE_LIMITED);
            case "503" -> Optional.of(ErrorKind.OVERLOADED);
            default -> Optional.empty();
        };
    }

    private static Outcome failed(ErrorKind kind) {
        return new Outcome.Failed(kind);
    }

    private static List<Recorded> recordings() throws IOException {
        List<Recorded> all = new ArrayList<>();
        Path file = SharedData.file("recorded_interactions/chat_dev.jsonl.gz");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode node = JSON.readTree(line);
                if (node.path("response_body").isString()) {
                    all.add(new Recorded(
                            node.path("id").asString(),
                            node.path("status").asInt(),
                            node.path("response_headers").path("content-type").asString(""),
                            decoded(node.path("response_body").asString())));
                }
            }
        }
        return all;
    }

    /// Some recorders wrote bodies in base64.
    private static String decoded(String body) {
        return body.matches("[A-Za-z0-9+/\\s]+=*\\s*")
                ? new String(Base64.getMimeDecoder().decode(body), UTF_8)
                : body;
    }
}
