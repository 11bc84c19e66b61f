package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.Lines;
import dev.changeover.harness.trace.PromptBlocks;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The rows of a Mooncake trace.
final class MooncakeRows extends LineRows {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int BLOCK_TOKENS = 512;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LeftOut leftOut;
    private long millis;
    private long inputTokens;
    private long outputTokens;
    private long[] numbers = new long[64];
    private int blocks;

    MooncakeRows(TraceFile file, LeftOut leftOut) {
        super(new Lines(file));
        this.leftOut = leftOut;
    }

    @Override
    boolean isGood() {
        try {
            read();
        } catch (JacksonException _) {
            leftOut.row("no JSON object", lines.problem("is no JSON object", "correct the line"));
            return false;
        }
        if (!inRange(millis, TraceRequest.MOST_NANOS / NANOS_PER_MILLI)
                || !inRange(inputTokens, TraceRequest.MOST_TOKENS)
                || !inRange(outputTokens, TraceRequest.MOST_TOKENS)) {
            leftOut.row(
                    "no time and two lengths that can be read",
                    lines.problem(
                            "timestamp, input_length and output_length must be whole numbers from 0 on",
                            "correct the line"));
            return false;
        }
        return true;
    }

    private static boolean inRange(long value, long most) {
        return value >= 0 && value <= most;
    }

    private void read() {
        millis = -1;
        inputTokens = -1;
        outputTokens = -1;
        blocks = 0;
        try (JsonParser json = JSON.createParser(
                ObjectReadContext.empty(), lines.buffer(), lines.start(), lines.end() - lines.start())) {
            json.nextToken();
            for (String key = json.nextName(); key != null; key = json.nextName()) {
                JsonToken value = json.nextToken();
                switch (key) {
                    case "timestamp" -> millis = whole(json, value);
                    case "input_length" -> inputTokens = whole(json, value);
                    case "output_length" -> outputTokens = whole(json, value);
                    case "hash_ids" -> readBlocks(json, value);
                    default -> json.skipChildren();
                }
            }
        }
    }

    private static long whole(JsonParser json, JsonToken value) {
        json.skipChildren();
        return value == JsonToken.VALUE_NUMBER_INT ? json.getValueAsLong(-1) : -1;
    }

    /// None, where one is no number: that must not make prompts share what they never shared.
    private void readBlocks(JsonParser json, JsonToken value) {
        if (value != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        boolean allWhole = true;
        for (JsonToken id = json.nextToken(); id != JsonToken.END_ARRAY; id = json.nextToken()) {
            allWhole &= id == JsonToken.VALUE_NUMBER_INT;
            if (blocks == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * blocks);
            }
            numbers[blocks++] = whole(json, id);
        }
        blocks = allWhole ? blocks : 0;
    }

    @Override
    public long nanos() {
        return millis * NANOS_PER_MILLI;
    }

    /// Blocks that do not hold the prompt's length say nothing: only its length is then known.
    @Override
    public TraceRequest request(long atNanos) {
        PromptBlocks made = new PromptBlocks(BLOCK_TOKENS, Arrays.copyOf(numbers, blocks));
        return TraceRequest.arriving(atNanos)
                .inputTokens(OptionalInt.of((int) inputTokens))
                .outputTokens(OptionalInt.of((int) outputTokens))
                .blocks(made.hold((int) inputTokens) ? Optional.of(made) : Optional.empty())
                .build();
    }
}
