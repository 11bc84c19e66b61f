package dev.changeover.harness.wire;

import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Picks out of a completion, or out of one chunk after another, what judging it needs; skips the rest unread.
///
/// A chunk cut off at the end of its stream may leave half of what it said behind.
final class CompletionScanner {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int TEXT_BOUND = 8 << 20;
    private static final int MOST_CHOICES = 1024;

    /// Streams whose chunks differ in more than their content are not looked at for ever.
    private static final int MOST_SHAPES = 8;

    private final boolean counting;
    private final StringBuilder text = new StringBuilder();
    private final UsageScanner usage = new UsageScanner();
    private boolean textTooLong;
    private boolean sawContent;
    private boolean sawChoices;
    private boolean contentHere;
    private boolean onlyPlainContentHere;
    private Optional<ChunkShape> shape = Optional.empty();
    private int shapes;
    private String finishReason;
    private boolean filtered;

    /// Choices that have begun, and those of them that have ended.
    private final BitSet begun = new BitSet();

    private final BitSet finished = new BitSet();
    private String model;
    private String error;

    /// @param counting whether its text is kept, so that its tokens can be counted
    CompletionScanner(boolean counting) {
        this.counting = counting;
    }

    /// @return whether it carries a piece of content, reasoning or a tool call
    /// @throws tools.jackson.core.JacksonException when it is not JSON
    /// @throws MalformedStreamException when it is JSON of another kind
    boolean scan(byte[] json, int offset, int length) {
        int likeBefore = shape.isPresent() ? shape.get().contentLength(json, offset, length) : -1;
        if (likeBefore >= 0) {
            return plain(json, offset + shape.get().contentStart(), likeBefore);
        }
        shape = Optional.empty();
        parse(json, offset, length);
        if (onlyPlainContentHere && shapes < MOST_SHAPES) {
            shapes++;
            shape = ChunkShape.of(json, offset, length);
        }
        return contentHere;
    }

    /// A chunk that says what the one before said, but for its content.
    private boolean plain(byte[] json, int start, int length) {
        for (int i = start; !sawContent && i < start + length; i++) {
            sawContent = json[i] != ' ';
        }
        if (keeps(length)) {
            for (int i = start; i < start + length; i++) {
                text.append((char) json[i]);
            }
        }
        return length > 0;
    }

    private void parse(byte[] json, int offset, int length) {
        contentHere = false;
        onlyPlainContentHere = false;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedStreamException("not a JSON object");
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "choices" -> choices(parser, value);
                    case "usage" -> usage.scan(parser, value);
                    case "error" -> error(parser, value);
                    case "model" -> model(parser, value);
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new MalformedStreamException("something follows the JSON object");
            }
        }
    }

    boolean sawContent() {
        return sawContent;
    }

    boolean sawChoices() {
        return sawChoices;
    }

    /// The one that came last.
    Optional<String> finishReason() {
        return Optional.ofNullable(finishReason);
    }

    /// Whether a finish reason came for every choice that began, and one did.
    boolean finished() {
        return finishReason != null && begun.equals(finished);
    }

    /// Whether a filter ended one of the choices.
    boolean filtered() {
        return filtered;
    }

    Optional<String> model() {
        return Optional.ofNullable(model);
    }

    Optional<String> error() {
        return Optional.ofNullable(error);
    }

    Usage usage() {
        return usage.usage();
    }

    /// What was kept of the content so far.
    CharSequence text() {
        return text;
    }

    /// Content, reasoning and tool arguments in the order they came; empty where none did, none is kept, or it was too
    /// long to be.
    Optional<String> keptText() {
        return text.isEmpty() || textTooLong ? Optional.empty() : Optional.of(text.toString());
    }

    OptionalLong countedOutput() {
        return text.isEmpty() || textTooLong ? OptionalLong.empty() : OptionalLong.of(Tokens.count(text));
    }

    private void choices(JsonParser parser, JsonToken value) {
        sawChoices = true;
        if (value != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        int place = 0;
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            if (item == JsonToken.START_OBJECT) {
                choice(parser, place);
            } else {
                parser.skipChildren();
            }
            place++;
        }
    }

    /// @param place of it, which is its index where it names none
    private void choice(JsonParser parser, int place) {
        int index = place;
        String reasonBefore = finishReason;
        finishReason = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "delta", "message" -> message(parser, value);
                case "finish_reason" -> finish(parser, value);
                case "text" -> content(parser, value);
                case "error" -> error(parser, value);
                case "index" -> index = (int) Math.min(UsageScanner.number(parser, value, place), MOST_CHOICES);
                default -> parser.skipChildren();
            }
        }
        begun.set(index);
        if (finishReason == null) {
            finishReason = reasonBefore;
        } else {
            finished.set(index);
        }
    }

    private void message(JsonParser parser, JsonToken value) {
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken field = parser.nextToken();
            switch (name) {
                case "content" -> {
                    boolean first = !contentHere;
                    content(parser, field);
                    onlyPlainContentHere = first && contentHere && field == JsonToken.VALUE_STRING;
                }
                case "reasoning_content", "reasoning", "refusal" -> content(parser, field);
                case "tool_calls", "function_call", "images", "audio" -> toolCalls(parser, field);
                default -> parser.skipChildren();
            }
        }
    }

    private void content(JsonParser parser, JsonToken value) {
        if (value == JsonToken.VALUE_STRING) {
            append(parser);
        } else if (value == JsonToken.START_ARRAY || value == JsonToken.START_OBJECT) {
            parts(parser);
        }
    }

    /// Content in parts: every `text` and `thinking` at any depth.
    private void parts(JsonParser parser) {
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING
                    && ("text".equals(parser.currentName()) || "thinking".equals(parser.currentName()))) {
                append(parser);
            }
        }
    }

    /// Every `arguments` at any depth; a call without arguments is one too.
    private void toolCalls(JsonParser parser, JsonToken value) {
        int depth = value.isStructStart() ? 1 : 0;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.PROPERTY_NAME) {
                contentHere = true;
                onlyPlainContentHere = false;
                sawContent = true;
            } else if (token == JsonToken.VALUE_STRING && "arguments".equals(parser.currentName())) {
                append(parser);
            }
        }
    }

    private void append(JsonParser parser) {
        int length = parser.getStringLength();
        if (length == 0) {
            return;
        }
        contentHere = true;
        onlyPlainContentHere = false;
        char[] letters = parser.getStringCharacters();
        int offset = parser.getStringOffset();
        for (int i = offset; !sawContent && i < offset + length; i++) {
            sawContent = !Character.isWhitespace(letters[i]);
        }
        if (keeps(length)) {
            text.append(letters, offset, length);
        }
    }

    private boolean keeps(int more) {
        textTooLong |= text.length() + (long) more > TEXT_BOUND;
        return counting && !textTooLong;
    }

    private void finish(JsonParser parser, JsonToken value) {
        if (value != JsonToken.VALUE_STRING || parser.getStringLength() == 0) {
            parser.skipChildren();
            return;
        }
        finishReason = parser.getString();
        filtered |= finishReason.equals("content_filter");
        if (finishReason.equals("error") && error == null) {
            error = "the finish reason is 'error'";
        }
    }

    private void model(JsonParser parser, JsonToken value) {
        if (model == null && value == JsonToken.VALUE_STRING) {
            model = parser.getString();
        } else {
            parser.skipChildren();
        }
    }

    private void error(JsonParser parser, JsonToken value) {
        if (value == JsonToken.VALUE_STRING && parser.getStringLength() > 0) {
            error = parser.getString();
        } else if (value == JsonToken.START_OBJECT) {
            error = "an error without a message";
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("message")) {
                    error = parser.getString();
                }
                parser.skipChildren();
            }
        } else {
            parser.skipChildren();
        }
    }
}
