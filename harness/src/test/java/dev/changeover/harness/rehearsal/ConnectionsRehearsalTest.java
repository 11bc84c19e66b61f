package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.HistoryReader;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.transport.Certificates;
import dev.changeover.harness.transport.TlsPeer;
import dev.changeover.harness.wire.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whole testbeds whose parts are connected as the scenario says.
@Timeout(120)
class ConnectionsRehearsalTest {

    private static final String ANSWER = "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},"
            + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}";

    @TempDir
    Path folder;

    @Test
    void callersSpeakHttp2ToTheProxiesAndTheTapByTlsToAProvider() throws Exception {
        Certificates certificates = Certificates.of(folder);
        Path trust = certificates.pem();
        try (TlsPeer provider = TlsPeer.secure(
                certificates,
                request -> request.response()
                        .putHeader("content-type", "application/json")
                        .end(ANSWER))) {
            History history = rehearsed("""
                scenario: connected
                traffic: { trace: trace.jsonl, warm_up: 100ms, stream: 0%%, client: { http: 2 } }
                providers:
                  old: { simulate: { profile: instant } }
                  new:
                    base_url: "https://localhost:%d/v1"
                    connection: { http: 2, gzip: true, trust: { file: "%s" } }
                gateway: none
                expect: { error_rate: { max: 1%% } }
                """.formatted(provider.port(), trust.getFileName()));

            assertThat(history.requests())
                    .hasSize(20)
                    .extracting(Event.Request::outcome)
                    .containsOnly(Outcome.SERVED);
            assertThat(provider.versions()).isNotEmpty().containsOnly("HTTP_2");
        }
    }

    private History rehearsed(String yaml) throws Exception {
        StringBuilder trace = new StringBuilder("{\"changeover_trace\":1,\"about\":\"Made up.\"}\n");
        for (int i = 0; i < 10; i++) {
            trace.append("{\"at_ms\":%d,\"model\":\"m\",\"input_tokens\":5,\"output_tokens\":5}%n".formatted(i * 10));
        }
        Files.writeString(folder.resolve("trace.jsonl"), trace);
        ScenarioParser.Parsed parsed = ScenarioParser.parse(yaml, "connected.yaml", folder, List.of());
        Path file = folder.resolve("history");
        new Rehearsal(parsed, Plan.of(parsed.scenario()), _ -> Optional.empty(), file, _ -> {}).run();
        return HistoryReader.read(file);
    }
}
