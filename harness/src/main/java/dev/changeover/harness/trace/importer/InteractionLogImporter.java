package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceFile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Logs of requests and their answers, one JSON object on a line: what an application or a proxy writes down itself.
final class InteractionLogImporter implements Importer {

    @Override
    public String name() {
        return "interactions";
    }

    @Override
    public String about() {
        return "request and response logs: JSON lines with request, recorded_at, status, duration_ms, response_body.";
    }

    @Override
    public boolean fits(String start) {
        return start.startsWith("{") && start.contains("\"request\"") && start.contains("\"recorded_at\"");
    }

    @Override
    public Rows rows(List<TraceFile> files, Reading reading) {
        return ChainedRows.of(files, file -> new JsonRows(file, InteractionLogImporter::exchange, reading));
    }

    private static Exchange exchange(JsonNode line) throws UnusableRow {
        return new Exchange(
                first(line, "recorded_at", "timestamp", "time")
                        .map(Times::epochNanos)
                        .orElse(OptionalLong.empty()),
                first(line, "path")
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .map(HttpParts::path),
                first(line, "request").flatMap(HttpParts::bytes),
                first(line, "conversation", "session_id")
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue),
                answer(line));
    }

    private static Optional<Exchange.HttpAnswer> answer(JsonNode line) {
        int status = line.path("status").asInt(0);
        if (status < 100 || status > 599) {
            return Optional.empty();
        }
        boolean stream = line.path("is_sse").asBoolean(false);
        return Optional.of(new Exchange.HttpAnswer(
                status,
                Optional.of(stream ? "text/event-stream" : "application/json"),
                first(line, "response_body", "response").flatMap(HttpParts::bytes),
                HttpParts.nanosOfMillis(line.path("duration_ms"))));
    }

    private static Optional<JsonNode> first(JsonNode line, String... keys) {
        return Stream.of(keys)
                .map(line::path)
                .filter(value -> !value.isMissingNode() && !value.isNull())
                .findFirst();
    }
}
