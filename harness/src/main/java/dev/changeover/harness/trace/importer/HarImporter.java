package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceFile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// HTTP archives (HAR 1.2), as browsers' developer tools, mitmproxy, Playwright and Polly.js write them.
///
/// Of its times only the whole of a request is taken: `wait` ends at the first byte, which is no token.
final class HarImporter implements Importer {

    private static final Pattern LOG = Pattern.compile("\\A\\s*\\{\\s*\"log\"\\s*:\\s*\\{");

    private static final Set<String> NAMES = Set.of(
            "startedDateTime",
            "time",
            "request",
            "url",
            "postData",
            "text",
            "encoding",
            "response",
            "status",
            "content",
            "mimeType");

    private static final JsonLayout LAYOUT = JsonLayout.onlyAt("log.entries[]").wanting(HarImporter::wants);

    @Override
    public String name() {
        return "har";
    }

    @Override
    public String about() {
        return "HTTP archives (HAR) of browsers, mitmproxy, Playwright or Polly.js: JSON with log.entries.";
    }

    @Override
    public boolean fits(String start) {
        return LOG.matcher(start).find();
    }

    @Override
    public Rows rows(List<TraceFile> files, Reading reading) {
        return ChainedRows.of(
                files,
                file -> new ElementRows(new JsonElements(file, LAYOUT, reading.leftOut()), HarImporter::row, reading));
    }

    /// Nothing more of what is known to be no chat completion: a browser loads large pictures.
    private static boolean wants(JsonNode object, String key) {
        return NAMES.contains(key)
                && !(key.equals("postData") && isOther(object.path("url")))
                && !(key.equals("response") && isOther(object.path("request").path("url")));
    }

    private static boolean isOther(JsonNode url) {
        return url.isString() && !Exchange.isOfCompletions(HttpParts.path(url.stringValue()));
    }

    private static Optional<ElementRows.TimedRequest> row(Elements entries) throws UnusableRow {
        return Optional.of(exchange(entries.element()).row());
    }

    private static Exchange exchange(JsonNode entry) throws UnusableRow {
        JsonNode request = entry.path("request");
        return new Exchange(
                Times.epochNanos(entry.path("startedDateTime")),
                Optional.of(HttpParts.pathOf(request.path("url"))),
                body(request.path("postData")),
                Optional.empty(),
                answer(entry));
    }

    private static Optional<Exchange.HttpAnswer> answer(JsonNode entry) {
        JsonNode response = entry.path("response");
        Optional<byte[]> body = body(response.path("content"));
        OptionalInt status = Values.status(response.path("status"));
        return status.isEmpty()
                ? Optional.empty()
                : Optional.of(new Exchange.HttpAnswer(
                        status.getAsInt(),
                        HttpParts.contentType(
                                HttpParts.text(response.path("content").path("mimeType")), body),
                        body,
                        HttpParts.nanosOfMillis(entry.path("time"))));
    }

    private static Optional<byte[]> body(JsonNode content) {
        return content.path("encoding").asString("").equals("base64")
                ? HttpParts.ofBase64(content.path("text"))
                : HttpParts.bytes(content.path("text"));
    }
}
