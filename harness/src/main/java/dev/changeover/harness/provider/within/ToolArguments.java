package dev.changeover.harness.provider.within;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Finds the arguments of a tool call in the bytes of a completion or a chunk.
final class ToolArguments {

    private static final JsonFactory JSON = new JsonFactory();

    private ToolArguments() {}

    /// The first byte behind the first half of the first arguments that are not empty; empty where no tool is called.
    ///
    /// @param bytes a JSON object, or an event of a stream that holds one
    static OptionalInt middle(byte[] bytes) {
        int from = new String(bytes, ISO_8859_1).indexOf('{');
        return from < 0 ? OptionalInt.empty() : middle(bytes, from);
    }

    private static OptionalInt middle(byte[] bytes, int from) {
        int calls = -1;
        int depth = 0;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, bytes.length - from)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    depth++;
                    calls = calls < 0 && "tool_calls".equals(parser.currentName()) ? depth : calls;
                } else if (token.isStructEnd()) {
                    calls = depth == calls ? -1 : calls;
                    depth--;
                } else if (calls >= 0
                        && token == JsonToken.VALUE_STRING
                        && "arguments".equals(parser.currentName())
                        && parser.getStringLength() > 0) {
                    long start = parser.currentTokenLocation().getByteOffset() + 1;
                    parser.finishToken();
                    long end = parser.currentLocation().getByteOffset() - 1;
                    return OptionalInt.of((int) (from + start + (end - start) / 2));
                }
            }
        } catch (JacksonException _) {
            return OptionalInt.empty();
        }
        return OptionalInt.empty();
    }
}
