package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// The entries of a JSON document, read token by token; what a format does not want of them is passed over unread.
final class JsonEntries implements Elements {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(DocumentText.LONGEST)
                    .build())
            .build();

    private final TraceFile file;
    private final DocumentText text;
    private final JsonParser json;
    private final List<String> way;
    private final Wanted wanted;
    private State state = State.BEFORE;
    private JsonNode entry = NullNode.getInstance();
    private long line;
    private long number;
    private int values;
    private long length;

    private enum State {
        BEFORE,
        WITHIN,
        AFTER
    }

    /// What a format wants of an entry.
    interface Wanted {

        /// @param object that the value is in, as far as it has been read
        boolean wants(JsonNode object, String key);
    }

    /// @param way the keys that lead to the list of the entries; none where the document is the one entry
    JsonEntries(TraceFile file, List<String> way, Wanted wanted) {
        this.file = file;
        this.way = way;
        this.wanted = wanted;
        this.text = new DocumentText(file, Long.MAX_VALUE);
        this.json = FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    @Override
    public boolean next() {
        try {
            if (state == State.BEFORE) {
                enter();
            }
            return state == State.WITHIN && take();
        } catch (StreamConstraintsException _) {
            throw refused(
                    "nests too deep, or has a text of more than %d MiB".formatted(DocumentText.LONGEST >> 20),
                    "take that entry out of the recording");
        } catch (JacksonException _) {
            // without its message, which may quote somebody's prompt
            throw refused(
                    text.isAtEnd() ? "breaks off" : "is not JSON", "correct it, or fetch or write the file again");
        }
    }

    private void enter() {
        if (json.nextToken() == null) {
            throw refused("is empty", "fetch or write the file again");
        }
        for (String key : way) {
            if (!find(key)) {
                throw refused("holds no list " + String.join(".", way), "check that it is such a recording");
            }
        }
        boolean list = json.currentToken() == JsonToken.START_ARRAY;
        if (list != !way.isEmpty()) {
            throw refused("holds no list " + String.join(".", way), "check that it is such a recording");
        }
        state = State.WITHIN;
    }

    private boolean find(String key) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals(key)) {
                return true;
            }
            json.skipChildren();
        }
        return false;
    }

    private boolean take() {
        boolean more = way.isEmpty() || json.nextToken() != JsonToken.END_ARRAY;
        if (more) {
            line = json.currentTokenLocation().getLineNr();
            number++;
            values = 0;
            length = 0;
            entry = value();
        }
        if (!more || way.isEmpty()) {
            state = State.AFTER;
            toTheEnd();
        }
        return more;
    }

    private void toTheEnd() {
        JsonToken token = json.nextToken();
        while (token != null) {
            token = json.nextToken();
        }
    }

    private JsonNode value() {
        if (++values > DocumentText.MOST_VALUES) {
            throw tooMuch("has more than %,d values".formatted(DocumentText.MOST_VALUES));
        }
        return switch (json.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> {
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value());
                }
                yield list;
            }
            case VALUE_STRING -> string();
            case VALUE_NUMBER_INT -> BigIntegerNode.valueOf(json.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> DecimalNode.valueOf(json.getDecimalValue());
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.getInstance();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("no value: " + json.currentToken());
        };
    }

    private ObjectNode object() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            json.nextToken();
            if (wanted.wants(object, key)) {
                object.set(key, value());
            } else {
                json.skipChildren();
            }
        }
        return object;
    }

    private StringNode string() {
        String string = json.getString();
        length += string.length();
        if (length > DocumentText.LONGEST) {
            throw tooMuch("is longer than %d MiB".formatted(DocumentText.LONGEST >> 20));
        }
        return StringNode.valueOf(string);
    }

    private TraceException tooMuch(String what) {
        return problem(what, "take it out of the recording");
    }

    private TraceException refused(String what, String remedy) {
        return new TraceException(file.path(), json.currentLocation().getLineNr(), what, remedy);
    }

    @Override
    public JsonNode element() {
        return entry;
    }

    /// Nothing that these documents say there is needed.
    @Override
    public ObjectNode around() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// With the entry's number: some documents are all on one line.
    @Override
    public TraceException problem(String what, String remedy) {
        return new TraceException(file.path(), line, "entry %,d: %s".formatted(number, what), remedy);
    }

    @Override
    public void close() {
        text.close();
    }
}
