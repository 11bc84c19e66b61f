package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceFile;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Cassettes of VCR (Ruby), vcrpy (Python) and go-vcr (Go), in YAML.
final class VcrImporter implements Importer {

    private static final Set<String> LISTS = Set.of("http_interactions", "interactions");
    private static final Pattern LIST = Pattern.compile("(?m)^(http_)?interactions:\\s*(\\[.*|#.*)?$");
    private static final Pattern GO_PART = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?)(ns|us|µs|μs|ms|s|m|h)");

    @Override
    public String name() {
        return "vcr";
    }

    @Override
    public String about() {
        return "cassettes of VCR, vcrpy or go-vcr: YAML with http_interactions or interactions.";
    }

    @Override
    public boolean fits(String start) {
        return !start.startsWith("{") && LIST.matcher(start).find();
    }

    @Override
    public Rows rows(List<TraceFile> files, Reading reading) {
        return ChainedRows.of(files, file -> new ElementRows(new YamlEntries(file, LISTS), VcrImporter::row, reading));
    }

    private static Optional<ElementRows.TimedRequest> row(Elements entries) throws UnusableRow {
        return Optional.of(exchange(entries.element()).row());
    }

    private static Exchange exchange(JsonNode interaction) throws UnusableRow {
        JsonNode request = interaction.path("request");
        Optional<byte[]> body = body(request.path("body"));
        return new Exchange(
                Times.epochNanos(interaction.path("recorded_at")),
                Optional.of(HttpParts.pathOf(request.has("uri") ? request.path("uri") : request.path("url"))),
                body.isPresent() ? Optional.of(HttpParts.unpacked(body.get(), encoding(request))) : Optional.empty(),
                Optional.empty(),
                answer(interaction.path("response")));
    }

    private static Optional<Exchange.HttpAnswer> answer(JsonNode response) {
        JsonNode code = response.has("code")
                ? response.path("code")
                : response.path("status").path("code");
        Optional<byte[]> body = HttpParts.unpackedAnswer(body(response.path("body")), encoding(response));
        OptionalInt status = Values.status(code);
        return status.isEmpty()
                ? Optional.empty()
                : Optional.of(new Exchange.HttpAnswer(
                        status.getAsInt(),
                        HttpParts.contentType(HttpParts.header(response.path("headers"), "content-type"), body),
                        body,
                        took(response.path("duration").asString(""))));
    }

    private static Optional<byte[]> body(JsonNode body) {
        if (body.has("base64_string")) {
            return HttpParts.ofBase64(body.path("base64_string"));
        }
        return body.isObject() ? HttpParts.bytes(body.path("string")) : HttpParts.bytes(body);
    }

    private static Optional<String> encoding(JsonNode message) {
        return HttpParts.header(message.path("headers"), "content-encoding");
    }

    /// Of a duration as Go writes it, `1m3.25s`; go-vcr writes 0s where it did not measure.
    private static OptionalLong took(String duration) {
        Matcher part = GO_PART.matcher(duration);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanosPer(part.group(2)))));
            end = part.end();
        }
        boolean whole = end > 0 && end == duration.length();
        return whole ? HttpParts.nanosWithinADay(nanos) : OptionalLong.empty();
    }

    private static long nanosPer(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 1_000L;
        };
    }
}
