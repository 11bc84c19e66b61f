package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.Lines;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The elements of a file of JSON, one at a time: however many a document has, one of them is held.
///
/// A file is one document or several: JSON lines, or the members of an array. Elements lie in a document at the paths
/// that are named, such as `log.entries[]`; a document with nothing there is an element itself.
///
/// Where the first document stands on a line of its own, so must the others, and a line that is no JSON is left out.
/// Else the file is refused where it is no JSON any more.
final class JsonElements implements Elements {

    private static final String EACH = "[]";

    private final TraceFile file;
    private final LeftOut leftOut;
    private final Place document;
    private final JsonBytes bytes;
    private final Deque<Place> entered = new ArrayDeque<>();
    private JsonParser parser;
    private long linesBefore;
    private boolean byLine;
    private boolean inArray;
    private ObjectNode around = JsonNodeFactory.instance.objectNode();
    private long aroundBytes;
    private boolean hasElements;
    private long documentLine;
    private long line;
    private JsonNode element = around;

    /// What may lie in an object or a list, by its name.
    private record Place(Map<String, Place> within) {

        static Place of(List<String> paths) {
            Place document = new Place(new HashMap<>());
            for (String path : paths) {
                Place place = document;
                for (String name : path.replace(EACH, "." + EACH).split("\\.")) {
                    place = place.within().computeIfAbsent(name, _ -> new Place(new HashMap<>()));
                }
            }
            return document;
        }

        boolean isElement() {
            return within.isEmpty();
        }
    }

    /// @param paths where elements lie, for example `resourceSpans[].scopeSpans[].spans[]`; none when each document is
    ///     one
    JsonElements(TraceFile file, List<String> paths, LeftOut leftOut) {
        this.file = file;
        this.leftOut = leftOut;
        this.document = Place.of(paths);
        this.bytes = new JsonBytes(file);
        this.bytes.allow(Lines.LONGEST_BYTES);
        this.parser = JsonTree.parser(bytes);
    }

    /// @throws TraceException when there is no more JSON, or an element is larger than a line may be
    @Override
    public boolean next() {
        while (true) {
            try {
                bytes.allow(Lines.LONGEST_BYTES);
                JsonToken token = parser.nextToken();
                if (token == null) {
                    if (!isLineAfter()) {
                        return false;
                    }
                } else if (entered.isEmpty() ? isElementBetween(token) : isElementWithin(token)) {
                    return true;
                }
            } catch (JacksonException e) {
                leaveOut(e);
            }
        }
    }

    @Override
    public JsonNode element() {
        return element;
    }

    @Override
    public ObjectNode around() {
        return around;
    }

    /// From 1, where the element begins.
    long line() {
        return line;
    }

    @Override
    public TraceException problem(String what, String remedy) {
        return new TraceException(file.path(), line, what, remedy);
    }

    private boolean isElementBetween(JsonToken token) {
        if (token == JsonToken.START_OBJECT) {
            around = JsonNodeFactory.instance.objectNode();
            aroundBytes = 0;
            hasElements = false;
            documentLine = lineNow();
            entered.push(document);
        } else if (token == JsonToken.START_ARRAY && !inArray) {
            inArray = true;
        } else if (token == JsonToken.END_ARRAY) {
            inArray = false;
        } else {
            line = lineNow();
            parser.skipChildren();
            leftOut.row("no JSON object", problem("is no JSON object", "take it out, or import the rest"));
        }
        return false;
    }

    private boolean isElementWithin(JsonToken token) {
        if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
            entered.pop();
            return entered.isEmpty() && isElementItself();
        }
        if (token == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            return isElementAt(name, parser.nextToken());
        }
        return isElementAt(EACH, token);
    }

    private boolean isElementItself() {
        if (!byLine && !inArray && documentLine == lineNow()) {
            byLine = true;
            bytes.endAtLines();
        }
        line = documentLine;
        element = around;
        return !hasElements;
    }

    private boolean isElementAt(String name, JsonToken value) {
        Place place = entered.element().within().get(name);
        if (place != null && place.isElement()) {
            hasElements = true;
            line = lineNow();
            element = JsonTree.at(parser);
            return true;
        }
        boolean fits = place != null
                && value == (place.within().containsKey(EACH) ? JsonToken.START_ARRAY : JsonToken.START_OBJECT);
        if (fits) {
            hasElements |= value == JsonToken.START_ARRAY;
            entered.push(place);
        } else if (entered.size() == 1) {
            keep(name);
        } else {
            parser.skipChildren();
        }
        return false;
    }

    private void keep(String name) {
        bytes.allow(Lines.LONGEST_BYTES - aroundBytes);
        long from = parser.currentTokenLocation().getByteOffset();
        around.set(name, JsonTree.at(parser));
        aroundBytes += Math.max(0, parser.currentLocation().getByteOffset() - from);
    }

    private long lineNow() {
        return linesBefore + Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private boolean isLineAfter() {
        if (!byLine) {
            if (inArray || !entered.isEmpty()) {
                throw brokenOff();
            }
            return false;
        }
        if (!entered.isEmpty()) {
            leaveOut();
        }
        return restarted();
    }

    private void leaveOut(JacksonException e) {
        line = lineNow();
        if (e.getCause() instanceof JsonBytes.TooLong) {
            throw problem(
                    "what begins here is longer than %d MiB".formatted(Lines.LONGEST_BYTES >> 20),
                    "check that this is the right file; none of its rows may be longer");
        }
        if (e.getCause() instanceof IOException cause) {
            throw file.problem(cause);
        }
        if (!byLine) {
            throw refused(e);
        }
        leaveOut();
        restarted();
    }

    private void leaveOut() {
        line = linesBefore + 1;
        boolean inElements = hasElements && !entered.isEmpty();
        leftOut.row(
                inElements ? "the rest of a line that is no JSON" : "no JSON object",
                problem("is no JSON object", "take it out, or import the rest"));
    }

    private TraceException refused(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return problem("nests too deep, or holds too much", "take it out of the recording");
        }
        return bytes.ended() ? brokenOff() : problem("is no JSON from here on", "correct it, or export it again");
    }

    private TraceException brokenOff() {
        line = lineNow();
        return problem("the JSON breaks off", "fetch or export the file again");
    }

    private boolean restarted() {
        try {
            boolean more = bytes.nextLine();
            entered.clear();
            inArray = false;
            linesBefore = bytes.lines();
            parser.close();
            parser = JsonTree.parser(bytes);
            return more;
        } catch (IOException e) {
            throw file.problem(e);
        }
    }

    @Override
    public void close() {
        try {
            parser.close();
            bytes.close();
        } catch (IOException e) {
            throw file.problem(e);
        }
    }
}
