package dev.changeover.toxics.wording;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Answers that others recorded or reported, which are not part of the repository: `CHANGEOVER_DATA`, or a folder
/// `shared/data` beside it.
final class Recordings {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Recordings() {}

    static void assumePresent() {
        assumeTrue(
                Files.isDirectory(folder().resolve("cassettes")),
                "no recorded answers at " + folder() + "; set CHANGEOVER_DATA to run this test");
    }

    /// The first answer of a cassette: of VCR or go-vcr (YAML), or the JSON form.
    static Answered cassette(String name, String model) {
        JsonNode file = name.endsWith(".json") ? json("cassettes/" + name) : yaml("cassettes/" + name);
        if (file.has("chunks")) {
            return new Answered(OptionalInt.of(200), Map.of(), eventWithError(file.path("chunks")), model);
        }
        JsonNode response = file.path("http_interactions").path(0).path("response");
        for (JsonNode other :
                new JsonNode[] {file.path("interactions").path(0).path("response"), file.path("response")}) {
            response = response.isMissingNode() ? other : response;
        }
        return new Answered(OptionalInt.of(status(response)), headers(response), body(response), model);
    }

    /// One of the reported shapes.
    static Answered reported(Vendor vendor, String kind) {
        for (JsonNode item : json("errors_reported/reported_error_shapes.json").path("items")) {
            if (item.path("provider").stringValue().equals(vendor.word())
                    && item.path("kind").stringValue().startsWith(kind)) {
                return new Answered(
                        OptionalInt.of(item.path("status").intValue()), headers(item), item.path("body"), "{model}");
            }
        }
        throw new IllegalStateException("nothing reported of " + vendor + " for " + kind);
    }

    private static int status(JsonNode response) {
        JsonNode status = response.path("status");
        return status.isInt()
                ? status.intValue()
                : status.path("code").asInt(response.path("code").asInt());
    }

    private static Map<String, String> headers(JsonNode response) {
        Map<String, String> headers = new TreeMap<>();
        response.path("headers").properties().forEach(header -> {
            JsonNode value = header.getValue();
            headers.put(
                    header.getKey().toLowerCase(Locale.ROOT), (value.isArray() ? value.path(0) : value).stringValue());
        });
        return headers;
    }

    private static JsonNode body(JsonNode response) {
        JsonNode body = response.path("body");
        JsonNode text = body.isObject() && body.has("string") ? body.path("string") : body;
        return text.isString() ? JSON.readTree(text.stringValue()) : text;
    }

    private static JsonNode eventWithError(JsonNode chunks) {
        for (JsonNode chunk : chunks) {
            String decoded = chunk.path("decoded").asString("");
            if (decoded.contains("{\"error\"")) {
                return JSON.readTree(decoded.substring(decoded.indexOf("{\"error\"")));
            }
        }
        throw new IllegalStateException("no error in that stream");
    }

    private static JsonNode json(String name) {
        return JSON.readTree(text(name));
    }

    private static JsonNode yaml(String name) {
        return JSON.valueToTree(
                new Load(LoadSettings.builder().setCodePointLimit(64 << 20).build()).loadFromString(text(name)));
    }

    private static String text(String name) {
        try {
            return Files.readString(folder().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        String told = System.getProperty("CHANGEOVER_DATA", System.getenv("CHANGEOVER_DATA"));
        if (told != null) {
            return Path.of(told);
        }
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("shared/data"))) {
                return folder.resolve("shared/data");
            }
        }
        return start.resolve("shared/data");
    }
}
