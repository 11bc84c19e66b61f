package dev.changeover.harness.wire;

import java.util.OptionalLong;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the `usage` of a completion, or of one chunk after another: what came last counts.
final class UsageScanner {

    private long input = -1;
    private long output = -1;
    private long cached = -1;

    Usage usage() {
        return new Usage(known(input), known(output), known(cached));
    }

    void scan(JsonParser parser, JsonToken value) {
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken field = parser.nextToken();
            switch (name) {
                case "prompt_tokens" -> input = number(parser, field, input);
                case "completion_tokens" -> output = number(parser, field, output);
                case "prompt_cache_hit_tokens" -> cached = number(parser, field, cached);
                case "prompt_tokens_details" -> promptDetails(parser, field);
                default -> parser.skipChildren();
            }
        }
    }

    private void promptDetails(JsonParser parser, JsonToken value) {
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken field = parser.nextToken();
            if (name.equals("cached_tokens")) {
                cached = number(parser, field, cached);
            } else {
                parser.skipChildren();
            }
        }
    }

    /// A whole number that is not negative; what was there before where it is none.
    static long number(JsonParser parser, JsonToken value, long otherwise) {
        if (value != JsonToken.VALUE_NUMBER_INT) {
            parser.skipChildren();
            return otherwise;
        }
        return Math.max(parser.getLongValue(), 0);
    }

    private static OptionalLong known(long tokens) {
        return tokens < 0 ? OptionalLong.empty() : OptionalLong.of(tokens);
    }
}
