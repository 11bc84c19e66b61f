package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// The entries of a list in a YAML document, read event by event.
///
/// Aliases of texts are followed; those of lists and mappings count as nothing, so that none can grow without end.
final class YamlEntries implements Elements {

    /// A long line is copied as often as it fills this: with the library's 1,024, 16 MiB take minutes.
    private static final int BUFFER = 1 << 18;

    private static final int MOST_DEPTH = 64;
    private static final int MOST_ANCHORS = 10_000;
    private static final Set<String> BINARY_TAGS = Set.of("tag:yaml.org,2002:binary", "!binary");

    private final TraceFile file;
    private final Set<String> names;
    private final DocumentText text;
    private final Iterator<Event> events;
    private final Map<Anchor, JsonNode> anchors = new HashMap<>();
    private long anchored;
    private boolean begun;
    private boolean ended;
    private JsonNode entry = NullNode.getInstance();
    private Event event;
    private long line;
    private long number;
    private int values;
    private long length;

    /// @param names that the list may have, at the root of the document
    YamlEntries(TraceFile file, Set<String> names) {
        this.file = file;
        this.names = names;
        this.text = new DocumentText(file);
        this.events = new Parse(LoadSettings.builder()
                        .setLabel("a recording")
                        .setCodePointLimit(Integer.MAX_VALUE)
                        .setBufferSize(BUFFER)
                        .build())
                .parseReader(text)
                .iterator();
    }

    @Override
    public boolean next() {
        try {
            if (!begun) {
                begun = true;
                enter();
            }
            return !ended && take();
        } catch (MarkedYamlEngineException e) {
            throw refused(line(e.getProblemMark().or(e::getContextMark)), "is not YAML");
        } catch (YamlEngineException | IllegalArgumentException _) {
            // without its message, which may quote somebody's prompt
            throw refused(event == null ? 0 : line(event.getStartMark()), "is not YAML");
        }
    }

    private void enter() {
        advance();
        advance();
        if (event.getEventId() == Event.ID.DocumentStart && advance().getEventId() == Event.ID.MappingStart) {
            while (advance().getEventId() != Event.ID.MappingEnd) {
                boolean found = event instanceof ScalarEvent key && names.contains(key.getValue());
                pass();
                advance();
                if (found && event.getEventId() == Event.ID.SequenceStart) {
                    return;
                }
                pass();
            }
        }
        throw refused(0, "holds no list " + String.join(" or ", new TreeSet<>(names)));
    }

    private boolean take() {
        if (advance().getEventId() == Event.ID.SequenceEnd) {
            ended = true;
            toTheEnd();
            return false;
        }
        line = line(event.getStartMark());
        number++;
        values = 0;
        length = 0;
        entry = value(0);
        return true;
    }

    private void toTheEnd() {
        while (advance().getEventId() != Event.ID.MappingEnd) {
            pass();
        }
        while (events.hasNext()) {
            if (advance().getEventId() == Event.ID.DocumentStart) {
                throw refused(line(event.getStartMark()), "has a second document in it");
            }
        }
    }

    /// Of the event at which it stands.
    private JsonNode value(int depth) {
        requireDepth(depth);
        if (++values > DocumentText.MOST_VALUES) {
            throw problem(
                    "has more than %,d values".formatted(DocumentText.MOST_VALUES), "take it out of the recording");
        }
        return switch (event.getEventId()) {
            case MappingStart -> mapping(depth);
            case SequenceStart -> {
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                while (advance().getEventId() != Event.ID.SequenceEnd) {
                    list.add(value(depth + 1));
                }
                yield list;
            }
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> anchors.getOrDefault(((AliasEvent) event).getAlias(), NullNode.getInstance());
            case DocumentStart, DocumentEnd, StreamStart, StreamEnd, MappingEnd, SequenceEnd, Comment ->
                throw refused(line(event.getStartMark()), "is not YAML");
        };
    }

    private ObjectNode mapping(int depth) {
        ObjectNode mapping = JsonNodeFactory.instance.objectNode();
        while (advance().getEventId() != Event.ID.MappingEnd) {
            JsonNode key = value(depth + 1);
            advance();
            mapping.set(key.isString() ? key.stringValue() : "", value(depth + 1));
        }
        return mapping;
    }

    private JsonNode scalar(ScalarEvent scalar) {
        String value = scalar.getValue();
        length += value.length();
        if (length > DocumentText.LONGEST) {
            throw problem(
                    "is longer than %d MiB".formatted(DocumentText.LONGEST >> 20), "take it out of the recording");
        }
        boolean binary = scalar.getTag().filter(BINARY_TAGS::contains).isPresent();
        JsonNode node = binary ? ofBase64(value) : StringNode.valueOf(value);
        keepAnchored(scalar, node);
        return node;
    }

    private static JsonNode ofBase64(String value) {
        try {
            return BinaryNode.valueOf(Base64.getMimeDecoder().decode(value));
        } catch (IllegalArgumentException _) {
            return NullNode.getInstance();
        }
    }

    private void keepAnchored(ScalarEvent scalar, JsonNode node) {
        if (scalar.getAnchor().isPresent()) {
            anchored += scalar.getValue().length();
            anchors.put(scalar.getAnchor().get(), node);
            if (anchored > DocumentText.LONGEST || anchors.size() > MOST_ANCHORS) {
                throw refused(line(event.getStartMark()), "has more anchors than a recording needs");
            }
        }
    }

    private void requireDepth(int depth) {
        if (depth > MOST_DEPTH) {
            throw refused(line(event.getStartMark()), "nests deeper than %d".formatted(MOST_DEPTH));
        }
    }

    /// Passes over the rest of the value at whose first event it stands.
    private void pass() {
        int depth = 0;
        do {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case Scalar -> {
                    ScalarEvent scalar = (ScalarEvent) event;
                    keepAnchored(scalar, StringNode.valueOf(scalar.getValue()));
                }
                case Alias, Comment, DocumentStart, DocumentEnd, StreamStart, StreamEnd -> {}
            }
            requireDepth(depth);
        } while (depth > 0 && advance() != null);
    }

    private Event advance() {
        if (!events.hasNext()) {
            throw refused(event == null ? 0 : line(event.getStartMark()), "breaks off");
        }
        event = events.next();
        text.restart();
        return event;
    }

    private static long line(Optional<Mark> mark) {
        return mark.map(m -> m.getLine() + 1L).orElse(0L);
    }

    private TraceException refused(long at, String what) {
        return new TraceException(file.path(), at, what, "correct it, or fetch or write the file again");
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
