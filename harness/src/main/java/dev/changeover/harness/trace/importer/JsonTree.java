package dev.changeover.harness.trace.importer;

import java.io.InputStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON of strangers, of which only so much is taken into memory: texts of so many characters, and so many values, as
/// an empty list takes two bytes in a file, and fifty there.
final class JsonTree {

    private static final int MOST_VALUES = DocumentText.MOST_VALUES;
    private static final int LONGEST = DocumentText.LONGEST;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(LONGEST).build())
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private final JsonParser json;
    private final Wanted wanted;
    private int values;
    private long length;

    /// What a format wants of a document.
    interface Wanted {

        /// @param object that the value is in, as far as it has been read
        boolean wants(JsonNode object, String key);
    }

    /// More than is taken into memory.
    static final class TooMuch extends StreamConstraintsException {

        private static final long serialVersionUID = 1;

        /// @param what as [dev.changeover.harness.trace.TraceException] says it
        TooMuch(String what) {
            super(what);
        }
    }

    JsonTree(JsonParser json, Wanted wanted) {
        this.json = json;
        this.wanted = wanted;
    }

    static JsonParser parser(InputStream bytes) {
        return FACTORY.createParser(ObjectReadContext.empty(), bytes);
    }

    /// The first value of these bytes.
    static JsonNode of(byte[] bytes, int start, int end) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), bytes, start, end - start)) {
            return whole(json);
        }
    }

    static JsonNode of(String text) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return whole(json);
        }
    }

    private static JsonNode whole(JsonParser json) {
        return json.nextToken() == null ? NODES.missingNode() : new JsonTree(json, (_, _) -> true).value();
    }

    /// The value at which the parser stands.
    ///
    /// @throws TooMuch when it and those taken before have more than anybody needs
    JsonNode value() {
        if (++values > MOST_VALUES) {
            throw new TooMuch("has more than %,d values".formatted(MOST_VALUES));
        }
        return switch (json.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> list();
            case VALUE_STRING -> {
                count(json.getStringLength());
                yield NODES.stringNode(json.getString());
            }
            case VALUE_NUMBER_INT -> {
                count(json.getStringLength());
                yield whole();
            }
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(json.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("no value: " + json.currentToken());
        };
    }

    private JsonNode whole() {
        return switch (json.getNumberType()) {
            case INT -> NODES.numberNode(json.getIntValue());
            case LONG -> NODES.numberNode(json.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(json.getBigIntegerValue());
        };
    }

    private ObjectNode object() {
        ObjectNode object = NODES.objectNode();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            if (wanted.wants(object, name)) {
                count(name.length());
                object.set(name, value());
            } else {
                json.skipChildren();
            }
        }
        return object;
    }

    private ArrayNode list() {
        ArrayNode list = NODES.arrayNode();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(value());
        }
        return list;
    }

    private void count(int characters) {
        length += characters;
        if (length > LONGEST) {
            throw new TooMuch("is longer than %d MiB".formatted(LONGEST >> 20));
        }
    }
}
