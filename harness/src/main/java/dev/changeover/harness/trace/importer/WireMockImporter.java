package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceFile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// WireMock's stub mappings: a request for each that says exactly which body it is for. They have no times.
final class WireMockImporter implements Importer {

    private static final Pattern LIST = Pattern.compile("\"mappings\"\\s*:\\s*\\[");
    private static final Pattern OF_A_STUB =
            Pattern.compile("\"(urlPath|urlPattern|urlPathPattern|urlPathTemplate|bodyPatterns)\"\\s*:");
    private static final JsonLayout LAYOUT = JsonLayout.at("mappings[]");
    private static final String PLACEHOLDER = "${json-unit.";

    @Override
    public String name() {
        return "wiremock";
    }

    @Override
    public String about() {
        return "WireMock's stub mappings: JSON with request.bodyPatterns and response; they need --rate.";
    }

    @Override
    public boolean fits(String start) {
        return start.stripLeading().startsWith("{")
                && (LIST.matcher(start).find()
                        || start.contains("\"request\"")
                                && OF_A_STUB.matcher(start).find());
    }

    @Override
    public Rows rows(List<TraceFile> files, Reading reading) {
        return ChainedRows.of(
                files,
                file -> new ElementRows(
                        new JsonElements(file, LAYOUT, reading.leftOut()), WireMockImporter::row, reading));
    }

    private static Optional<ElementRows.TimedRequest> row(Elements mappings) throws UnusableRow {
        JsonNode request = mappings.element().path("request");
        return Optional.of(new Exchange(
                        OptionalLong.empty(),
                        path(request),
                        Optional.of(body(request.path("bodyPatterns"))),
                        Optional.empty(),
                        answer(mappings.element().path("response")))
                .row());
    }

    /// Empty where any will do.
    private static Optional<String> path(JsonNode request) {
        return Stream.of("urlPath", "url", "urlPathTemplate", "urlPathPattern", "urlPattern")
                .map(request::path)
                .flatMap(said -> HttpParts.text(said).stream())
                .findFirst()
                .map(HttpParts::path);
    }

    private static byte[] body(JsonNode patterns) throws UnusableRow {
        for (JsonNode pattern : patterns) {
            Optional<byte[]> body = HttpParts.bytes(pattern.path("equalToJson"));
            if (body.isPresent()) {
                if (pattern.path("equalToJson").toString().contains(PLACEHOLDER)) {
                    throw new UnusableRow("a body with placeholders");
                }
                return body.get();
            }
        }
        throw new UnusableRow("no body to send: no equalToJson");
    }

    private static Optional<Exchange.HttpAnswer> answer(JsonNode response) {
        OptionalInt status = Values.status(response.path("status"));
        Optional<byte[]> body = HttpParts.bytes(response.path("body"))
                .or(() -> HttpParts.bytes(response.path("jsonBody")))
                .or(() -> HttpParts.ofBase64(response.path("base64Body")));
        return status.isEmpty()
                ? Optional.empty()
                : Optional.of(new Exchange.HttpAnswer(
                        status.getAsInt(),
                        HttpParts.contentType(HttpParts.header(response.path("headers"), "content-type"), body),
                        body,
                        OptionalLong.empty()));
    }
}
