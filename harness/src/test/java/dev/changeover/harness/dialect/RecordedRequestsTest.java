package dev.changeover.harness.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.trace.SharedData;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.MalformedRequestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Holds the table to what vendors were really asked, and what they made of it.
class RecordedRequestsTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private record Exchange(Dialect dialect, ChatRequest request, int status, String answer) {

        List<Rule> changes() {
            return new Manner(dialect, false, Optional.empty())
                    .rewrite(request).applied().stream()
                            .filter(rule -> rule.changes() && !(rule.treatment() instanceof Treatment.Added))
                            .toList();
        }
    }

    @Test
    void nothingThatAVendorTookIsTakenFromIt() throws IOException {
        List<Exchange> taken =
                exchanges().stream().filter(each -> each.status() == 200).toList();

        assertThat(taken).hasSizeGreaterThan(1_000);
        assertThat(taken.stream().map(Exchange::dialect).distinct())
                .contains(Dialects.OPENAI, Dialects.AZURE_OPENAI, Dialects.DEEPSEEK, Dialects.OPENROUTER);
        assertThat(taken).allSatisfy(each -> assertThat(each.changes()).isEmpty());
    }

    @Test
    void whatAVendorRefusedByNameIsWrittenAnew() throws IOException {
        List<Exchange> refused = exchanges().stream()
                .filter(each -> each.status() == 400 && each.dialect() == Dialects.OPENAI)
                .filter(each -> each.answer().contains("unsupported_parameter")
                        || each.answer().contains("invalid_parameter_combination"))
                .toList();

        assertThat(refused).hasSizeGreaterThanOrEqualTo(2);
        assertThat(refused)
                .allSatisfy(each ->
                        assertThat(each.changes()).extracting(Rule::parameter).contains("max_tokens"));
    }

    private static List<Exchange> exchanges() throws IOException {
        List<Exchange> all = new ArrayList<>();
        Path file = SharedData.file("recorded_interactions/chat_dev.jsonl.gz");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode node = JSON.readTree(line);
                Dialect dialect = Dialects.at(node.path("host").asString(""));
                if (dialect != Dialects.RELAY) {
                    try {
                        all.add(new Exchange(
                                dialect,
                                ChatRequest.parse(JSON.writeValueAsBytes(node.path("request"))),
                                node.path("status").asInt(0),
                                node.path("response_body").asString("")));
                    } catch (MalformedRequestException _) {
                        // its body was left out of the recording
                    }
                }
            }
        }
        return all;
    }
}
