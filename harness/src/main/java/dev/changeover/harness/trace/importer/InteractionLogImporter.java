package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Logs of requests and their answers, one JSON object on a line: what an application or a proxy writes down itself.
final class InteractionLogImporter implements Importer {

    private static final double MOST_MILLIS = 86_400_000;

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
                        .map(InteractionLogImporter::withoutQuery),
                first(line, "request").flatMap(InteractionLogImporter::bytes),
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
                first(line, "response_body", "response").flatMap(InteractionLogImporter::bytes),
                took(line.path("duration_ms"))));
    }

    private static OptionalLong took(JsonNode millis) {
        double took = millis.isNumber() ? millis.asDouble(-1) : -1;
        return took >= 0 && took <= MOST_MILLIS ? OptionalLong.of(Math.round(took * 1e6)) : OptionalLong.empty();
    }

    /// A body kept as an object, or as its text.
    private static Optional<byte[]> bytes(JsonNode body) {
        if (body.isString()) {
            return Optional.of(body.stringValue().getBytes(StandardCharsets.UTF_8));
        }
        return body.isObject() ? Optional.of(body.toString().getBytes(StandardCharsets.UTF_8)) : Optional.empty();
    }

    private static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private static Optional<JsonNode> first(JsonNode line, String... keys) {
        return Stream.of(keys)
                .map(line::path)
                .filter(value -> !value.isMissingNode() && !value.isNull())
                .findFirst();
    }
}
