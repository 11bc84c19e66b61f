package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceFile;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// Fixtures of req_llm (Elixir): a JSON file for each exchange, its bodies in base64, streams as their chunks. The
/// chunks have no times.
final class ReqLlmImporter implements Importer {

    private static final JsonLayout LAYOUT = JsonLayout.documents().wanting(ReqLlmImporter::wants);

    @Override
    public String name() {
        return "req_llm";
    }

    @Override
    public String about() {
        return "fixtures of req_llm: a JSON file for each exchange, with request.body.b64 and response or chunks.";
    }

    @Override
    public boolean fits(String start) {
        return start.stripLeading().startsWith("{")
                && start.contains("\"b64\"")
                && (start.contains("\"captured_at\"") || start.contains("\"request\""));
    }

    @Override
    public Rows rows(List<TraceFile> files, Reading reading) {
        return ChainedRows.of(
                files,
                file -> new ElementRows(
                        new JsonElements(file, LAYOUT, reading.leftOut()), ReqLlmImporter::row, reading));
    }

    /// The same again, readable.
    private static boolean wants(JsonNode object, String key) {
        return !(key.equals("decoded") && object.has("b64")) && !(key.equals("canonical_json") && object.has("body"));
    }

    private static Optional<ElementRows.TimedRequest> row(Elements entries) throws UnusableRow {
        return Optional.of(exchange(entries.element()).row());
    }

    private static Exchange exchange(JsonNode fixture) throws UnusableRow {
        JsonNode request = fixture.path("request");
        return new Exchange(
                Times.epochNanos(fixture.path("captured_at")),
                Optional.of(HttpParts.pathOf(request.path("url"))),
                HttpParts.ofBase64(request.path("body").path("b64"))
                        .or(() -> HttpParts.bytes(request.path("canonical_json"))),
                Optional.empty(),
                answer(fixture));
    }

    private static Optional<Exchange.HttpAnswer> answer(JsonNode fixture) {
        JsonNode response = fixture.path("response");
        Optional<byte[]> body = fixture.path("chunks").isArray()
                ? Optional.of(joined(fixture.path("chunks")))
                : HttpParts.ofBase64(response.path("body").path("b64"))
                        .or(() -> HttpParts.bytes(response.path("body")));
        OptionalInt status = Values.status(response.path("status"));
        return status.isEmpty()
                ? Optional.empty()
                : Optional.of(new Exchange.HttpAnswer(
                        status.getAsInt(),
                        HttpParts.contentType(HttpParts.header(response.path("headers"), "content-type"), body),
                        body,
                        OptionalLong.empty()));
    }

    private static byte[] joined(JsonNode chunks) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (JsonNode chunk : chunks) {
            HttpParts.ofBase64(chunk.path("b64"))
                    .or(() -> HttpParts.bytes(chunk.path("decoded")))
                    .ifPresent(stream::writeBytes);
        }
        return stream.toByteArray();
    }
}
