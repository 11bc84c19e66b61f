package dev.changeover.harness.measurement;

import dev.changeover.harness.scenario.FittedProfile.Measured;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// LLMPerf's individual responses: a JSON array with an object for each call. They have no times of day.
///
/// `inter_token_latency_s` counts the wait for the first token in, so the pace is taken from the times of the first and
/// of the last. An error of -100 is LLMPerf's own, for an answer shorter than it asked for: that was served.
final class LlmperfFormat implements MeasurementFormat {

    private static final int LONGEST_TEXT = 1 << 20;
    private static final int SHORTER_THAN_ASKED = -100;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();

    @Override
    public String name() {
        return "llmperf";
    }

    @Override
    public boolean fits(String start) {
        return start.stripLeading().startsWith("[") && start.contains("\"ttft_s\"");
    }

    @Override
    public void read(TraceFile file, Measured measured, CallSink calls) {
        try (InputStream content = file.open();
                JsonParser parser = JSON.createParser(ObjectReadContext.empty(), content)) {
            if (read(parser, JsonToken.START_ARRAY, file)) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    call(parser, calls);
                }
            }
            if (parser.currentToken() != JsonToken.END_ARRAY || parser.nextToken() != null) {
                throw broken(file, parser.currentLocation().getLineNr());
            }
        } catch (JacksonException e) {
            // without its message, which may quote somebody's text
            throw broken(file, e.getLocation() == null ? 0 : e.getLocation().getLineNr());
        } catch (IOException e) {
            throw file.problem(e);
        }
    }

    private static boolean read(JsonParser parser, JsonToken wanted, TraceFile file) {
        if (parser.nextToken() != wanted) {
            throw broken(file, parser.currentLocation().getLineNr());
        }
        return true;
    }

    private static TraceException broken(TraceFile file, long line) {
        return new TraceException(
                file.path(),
                Math.max(line, 0),
                "is no JSON array of calls: it breaks off, or is broken here",
                "name LLMPerf's individual responses, whole");
    }

    private static void call(JsonParser parser, CallSink calls) {
        long line = parser.currentTokenLocation().getLineNr();
        Map<String, Double> numbers = new HashMap<>();
        String message = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isNumeric()) {
                numbers.put(name, parser.getDoubleValue());
            } else if (value == JsonToken.VALUE_STRING && name.equals("error_msg")) {
                message = parser.getString();
            } else {
                parser.skipChildren();
            }
        }
        String said = message;
        calls.row(line, () -> call(numbers, said, calls));
    }

    private static MeasuredCall call(Map<String, Double> numbers, String message, CallSink calls) {
        int code = (int) number(numbers, "error_code", 0);
        if (code == SHORTER_THAN_ASKED) {
            calls.note("answers shorter than LLMPerf asked for, which it counts as errors, were served");
        } else if (code != 0) {
            return MeasuredCall.failed(OptionalLong.empty(), failure(code, message));
        }
        long ttft = nanos(numbers, "ttft_s");
        long done = nanos(numbers, "end_to_end_latency_s");
        int tokens = (int) number(numbers, "number_output_tokens", 0);
        if (ttft == 0) {
            throw new IllegalArgumentException("no first token, and no error");
        }
        return MeasuredCall.served(OptionalLong.empty(), ttft, OptionalLong.of(done), OptionalInt.of(tokens));
    }

    /// LLMPerf writes no time for errors, but zeros.
    private static Failure failure(int code, String message) {
        boolean status = code >= 100 && code <= 599;
        if (!status && message.isBlank()) {
            throw new IllegalArgumentException("an error that says nothing of what it was");
        }
        return ClientWords.failure(message, status ? OptionalInt.of(code) : OptionalInt.empty(), OptionalLong.empty());
    }

    private static long nanos(Map<String, Double> numbers, String name) {
        return Math.round(number(numbers, name, Double.NaN) * 1e9);
    }

    private static double number(Map<String, Double> numbers, String name, double fallback) {
        double number = numbers.getOrDefault(name, fallback);
        if (!Double.isFinite(number) || Math.abs(number) > 1e9) {
            throw new IllegalArgumentException("%s is missing or no sensible number".formatted(name));
        }
        return number;
    }
}
