package dev.changeover.reports.render;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/// A JSON object in the making, its keys in the order they are put; numbers rounded so that they read well.
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final Map<String, Object> fields = new LinkedHashMap<>();

    Json put(String name, Object value) {
        fields.put(name, value);
        return this;
    }

    /// @param value null when empty
    Json put(String name, OptionalDouble value, int decimals) {
        fields.put(name, value.isPresent() ? rounded(value.getAsDouble(), decimals) : null);
        return this;
    }

    Json put(String name, double value, int decimals) {
        return put(name, OptionalDouble.of(value), decimals);
    }

    Json put(String name, OptionalLong value) {
        fields.put(name, value.isPresent() ? value.getAsLong() : null);
        return this;
    }

    Json put(String name, Optional<Json> value) {
        fields.put(name, value.map(Json::fields).orElse(null));
        return this;
    }

    Json put(String name, Json value) {
        fields.put(name, value.fields);
        return this;
    }

    Map<String, Object> fields() {
        return fields;
    }

    /// A decimal with at most that many places and no trailing zeros; null for what is not a number.
    static BigDecimal rounded(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return null;
        }
        BigDecimal stripped = BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /// Indented by two spaces, ending with a line feed on every system.
    String pretty() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        return MAPPER.writer().with(printer).writeValueAsString(fields) + "\n";
    }

    String compact() {
        return MAPPER.writeValueAsString(fields);
    }
}
