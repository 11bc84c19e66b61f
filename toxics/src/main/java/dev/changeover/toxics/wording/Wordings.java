package dev.changeover.toxics.wording;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every wording there is. Where a vendor has none for a refusal, its resource does not name it.
public final class Wordings {

    private static final Map<Vendor, Map<Refusal, Wording>> ALL = new EnumMap<>(Vendor.class);

    static {
        for (Vendor vendor : Vendor.values()) {
            ALL.put(vendor, read(vendor));
        }
    }

    private Wordings() {}

    public static Optional<Wording> find(Vendor vendor, Refusal refusal) {
        return Optional.ofNullable(ALL.get(vendor).get(refusal));
    }

    /// The vendors that are known to refuse so.
    public static List<Vendor> vendorsOf(Refusal refusal) {
        return Arrays.stream(Vendor.values())
                .filter(vendor -> find(vendor, refusal).isPresent())
                .toList();
    }

    private static Map<Refusal, Wording> read(Vendor vendor) {
        JsonNode file = parsed(vendor.word() + ".json");
        Map<Refusal, Wording> wordings = new EnumMap<>(Refusal.class);
        for (Refusal refusal : Refusal.values()) {
            JsonNode entry = file.path("refusals").path(refusal.word());
            if (!entry.isMissingNode()) {
                wordings.put(refusal, wording(file.path("headers"), entry));
            }
        }
        return wordings;
    }

    private static Wording wording(JsonNode common, JsonNode entry) {
        SortedMap<String, String> headers = new TreeMap<>();
        common.properties().forEach(h -> headers.put(h.getKey(), h.getValue().stringValue()));
        entry.path("headers")
                .properties()
                .forEach(h -> headers.put(h.getKey(), h.getValue().stringValue()));
        return new Wording(
                source(entry.path("source").stringValue()),
                entry.path("status").intValue(),
                headers,
                entry.path("body").toString());
    }

    private static Wording.Source source(String word) {
        return switch (word) {
            case "recorded" -> Wording.Source.RECORDED;
            case "reported" -> Wording.Source.REPORTED;
            case "documented" -> Wording.Source.DOCUMENTED;
            case "assumed" -> Wording.Source.ASSUMED;
            default -> throw new IllegalStateException("no source is named " + word);
        };
    }

    private static JsonNode parsed(String name) {
        try (InputStream in = Wordings.class.getResourceAsStream(name)) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
