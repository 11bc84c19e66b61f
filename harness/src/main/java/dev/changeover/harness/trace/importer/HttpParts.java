package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.Lines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import tools.jackson.databind.JsonNode;

/// Addresses, headers and bodies as recordings of HTTP write them.
final class HttpParts {

    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";
    private static final double MOST_MILLIS = 86_400_000;
    private static final BigDecimal MOST_NANOS = BigDecimal.valueOf(86_400_000_000_000L);

    private HttpParts() {}

    /// Of an address or a path with a query.
    static String path(String address) {
        int scheme = address.indexOf("://");
        int from = scheme < 0 ? 0 : address.indexOf('/', scheme + 3);
        String path = from < 0 ? "/" : address.substring(from);
        return path.split("[?#]", 2)[0];
    }

    /// @throws UnusableRow when there is no address: the request may have been anything
    static String pathOf(JsonNode address) throws UnusableRow {
        if (!address.isString() || address.stringValue().isBlank()) {
            throw new UnusableRow("no address that was called");
        }
        return path(address.stringValue());
    }

    /// The first value of a header, from an object of names to texts or lists, or a list of names with values.
    static Optional<String> header(JsonNode headers, String name) {
        if (headers.isArray()) {
            for (JsonNode header : headers) {
                if (name.equalsIgnoreCase(header.path("name").asString(""))) {
                    return text(header.path("value"));
                }
            }
            return Optional.empty();
        }
        return headers.properties().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .flatMap(value -> text(value.isArray() ? value.path(0) : value));
    }

    static Optional<String> text(JsonNode value) {
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    /// A body that was kept as its text, as bytes or as an object.
    static Optional<byte[]> bytes(JsonNode body) {
        if (body.isBinary()) {
            return Optional.of(body.binaryValue());
        }
        return text(body)
                .or(() -> body.isObject() ? Optional.of(body.toString()) : Optional.empty())
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /// Empty for what is not base64.
    static Optional<byte[]> ofBase64(JsonNode body) {
        try {
            return text(body).map(Base64.getMimeDecoder()::decode);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The body as it was before it was packed; one that was kept unpacked although its header says otherwise stays.
    ///
    /// @throws UnusableRow when it is packed in a way that is not read, is damaged, or would be too large
    static byte[] unpacked(byte[] body, Optional<String> contentEncoding) throws UnusableRow {
        return switch (contentEncoding.orElse("").strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> startsWith(body, 0x1f, 0x8b) ? read(body, GZIPInputStream::new) : body;
            case "deflate" ->
                body.length > 1 && (body[0] & 0x0f) == 8 && ((body[0] & 0xff) << 8 | body[1] & 0xff) % 31 == 0
                        ? read(body, InflaterInputStream::new)
                        : body;
            case "", "identity" -> body;
            default -> {
                if (startsWith(body, '{') || startsWith(body, 'd', 'a', 't', 'a', ':') || startsWith(body, ':')) {
                    yield body;
                }
                throw new UnusableRow("a body packed in a way that is not read");
            }
        };
    }

    /// An answer's, for the tokens that it tells of; empty when it cannot be read.
    static Optional<byte[]> unpackedAnswer(Optional<byte[]> body, Optional<String> contentEncoding) {
        try {
            return body.isPresent() ? Optional.of(unpacked(body.get(), contentEncoding)) : body;
        } catch (UnusableRow _) {
            return Optional.empty();
        }
    }

    /// The header's value, else what the body looks like.
    static Optional<String> contentType(Optional<String> header, Optional<byte[]> body) {
        boolean events = body.filter(b -> startsWith(b, 'd', 'a', 't', 'a', ':') || startsWith(b, ':'))
                .isPresent();
        return header.or(() -> Optional.of(events ? EVENTS : JSON));
    }

    /// A length of time in milliseconds; empty for none and for what cannot be.
    static OptionalLong nanosOfMillis(JsonNode millis) {
        double took = millis.isNumber() ? millis.asDouble(-1) : -1;
        return took > 0 && took <= MOST_MILLIS ? nanosWithinADay(BigDecimal.valueOf(took * 1e6)) : OptionalLong.empty();
    }

    static OptionalLong nanosWithinADay(BigDecimal nanos) {
        return nanos.signum() > 0 && nanos.compareTo(MOST_NANOS) <= 0
                ? OptionalLong.of(nanos.setScale(0, RoundingMode.HALF_UP).longValueExact())
                : OptionalLong.empty();
    }

    private interface Unpacking {
        InputStream of(InputStream packed) throws IOException;
    }

    private static byte[] read(byte[] packed, Unpacking unpacking) throws UnusableRow {
        byte[] content;
        try (InputStream in = unpacking.of(new ByteArrayInputStream(packed))) {
            content = in.readNBytes(Lines.LONGEST_BYTES + 1);
        } catch (IOException _) {
            throw new UnusableRow("a damaged packed body");
        }
        if (content.length > Lines.LONGEST_BYTES) {
            throw new UnusableRow("a packed body of more than %d MiB".formatted(Lines.LONGEST_BYTES >> 20));
        }
        return content;
    }

    private static boolean startsWith(byte[] body, int... start) {
        if (body.length < start.length) {
            return false;
        }
        for (int at = 0; at < start.length; at++) {
            if ((body[at] & 0xff) != start[at]) {
                return false;
            }
        }
        return true;
    }
}
