package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The elements of a file of JSON, one at a time: however many a document has, one of them is held.
///
/// A file is one document or several: JSON lines, or the members of an array. Elements lie in a document where its
/// layout says; the rest is passed over unread, but for what the document says of itself.
///
/// Where the first document stands on a line of its own, so must the others, and a line that is no JSON is left out.
/// Else the file is refused where it is no JSON any more.
final class JsonElements implements Elements {

    private final TraceFile file;
    private final LeftOut leftOut;
    private final JsonLayout layout;
    private final JsonBytes bytes;
    private final Deque<JsonLayout.Place> entered = new ArrayDeque<>();
    private JsonParser parser;
    private long linesBefore;
    private boolean byLine;
    private boolean inArray;
    private ObjectNode around = JsonNodeFactory.instance.objectNode();
    private JsonTree aroundTree;
    private boolean hasElements;
    private long documentLine;
    private long line;
    private JsonNode element = around;
    private long number;
    private boolean within;

    JsonElements(TraceFile file, JsonLayout layout, LeftOut leftOut) {
        this.file = file;
        this.layout = layout;
        this.leftOut = leftOut;
        this.bytes = new JsonBytes(file);
        this.parser = JsonTree.parser(bytes);
        this.aroundTree = new JsonTree(parser, layout.wanted());
    }

    /// @throws TraceException when there is no more JSON, or an element is larger than a line may be
    @Override
    public boolean next() {
        while (true) {
            try {
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

    /// With the element's number where it lies in a document: some are all on one line.
    @Override
    public TraceException problem(String what, String remedy) {
        return problem(within ? "entry %,d: ".formatted(number) : "", what, remedy);
    }

    private TraceException problemNext(String what, String remedy) {
        return problem(number > 0 ? "after entry %,d: ".formatted(number) : "", what, remedy);
    }

    private TraceException problem(String where, String what, String remedy) {
        return new TraceException(file.path(), line, where + what, remedy);
    }

    private boolean isElementBetween(JsonToken token) {
        if (token == JsonToken.START_OBJECT) {
            around = JsonNodeFactory.instance.objectNode();
            aroundTree = new JsonTree(parser, layout.wanted());
            hasElements = false;
            documentLine = lineNow();
            number = inArray ? number : 0;
            entered.push(layout.document());
        } else if (token == JsonToken.START_ARRAY && !inArray) {
            inArray = true;
            number = 0;
        } else if (token == JsonToken.END_ARRAY) {
            inArray = false;
        } else {
            line = lineNow();
            parser.skipChildren();
            leftOut.row("no JSON object", problemNext("is no JSON object", "take it out, or import the rest"));
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
        return isElementAt(JsonLayout.EACH, token);
    }

    private boolean isElementItself() {
        if (!byLine && !inArray && documentLine == lineNow()) {
            byLine = true;
            bytes.endAtLines();
        }
        line = documentLine;
        if (hasElements) {
            return false;
        }
        if (!layout.documentsToo()) {
            String none = "no list " + layout.paths();
            leftOut.row(none, problemNext("holds " + none, "check that it is such a recording"));
            return false;
        }
        element = around;
        within = inArray;
        number++;
        return true;
    }

    private boolean isElementAt(String name, JsonToken value) {
        JsonLayout.Place place = entered.element().within().get(name);
        if (place != null && place.isElement()) {
            hasElements = true;
            line = lineNow();
            element = new JsonTree(parser, layout.wanted()).value();
            within = true;
            number++;
            return true;
        }
        boolean fits = place != null && value == (place.isList() ? JsonToken.START_ARRAY : JsonToken.START_OBJECT);
        if (fits) {
            hasElements |= value == JsonToken.START_ARRAY;
            entered.push(place);
        } else if (entered.size() == 1 && layout.wanted().wants(around, name)) {
            line = documentLine;
            around.set(name, aroundTree.value());
        } else {
            parser.skipChildren();
        }
        return false;
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
        if (e instanceof JsonTree.TooMuch) {
            throw problemNext("what begins here " + e.getOriginalMessage(), "take it out of the recording");
        }
        line = lineNow();
        if (e.getCause() instanceof IOException cause) {
            throw file.problem(cause);
        }
        if (!byLine || e instanceof StreamConstraintsException) {
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
                problemNext("is no JSON object", "take it out, or import the rest"));
    }

    private TraceException refused(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return problemNext(
                    "nests too deep, or has a text of more than %d MiB".formatted(DocumentText.LONGEST >> 20),
                    "take it out of the recording");
        }
        return bytes.ended() ? brokenOff() : problemNext("is no JSON from here on", "correct it, or export it again");
    }

    private TraceException brokenOff() {
        line = lineNow();
        return problemNext("the JSON breaks off", "fetch or export the file again");
    }

    private boolean restarted() {
        try {
            boolean more = bytes.nextLine();
            entered.clear();
            inArray = false;
            number = 0;
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
