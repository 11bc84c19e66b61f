package dev.changeover.harness.trace;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/// Writes a request as the JSON object that [CanonicalLine] reads.
final class CanonicalFields {

    private CanonicalFields() {}

    /// The request as a line, with the line end.
    ///
    /// @throws IllegalArgumentException when its body is not one JSON object in UTF-8 or contradicts its model or
    ///     stream, or when the line is longer than a reader takes
    static byte[] line(TraceRequest request) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        try (JsonGenerator json = CanonicalJson.FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
            write(json, request);
        }
        if (line.size() > Lines.LONGEST_BYTES) {
            throw new IllegalArgumentException("a request of %d bytes is longer than the %d that a trace may hold"
                    .formatted(line.size(), Lines.LONGEST_BYTES));
        }
        line.write('\n');
        return line.toByteArray();
    }

    private static void write(JsonGenerator json, TraceRequest request) {
        json.writeStartObject();
        writeMillis(json, "at_ms", request.atNanos());
        request.conversation().ifPresent(text -> json.writeStringProperty("conversation", text));
        request.model().ifPresent(text -> json.writeStringProperty("model", text));
        request.stream().ifPresent(truth -> json.writeBooleanProperty("stream", truth));
        request.inputTokens().ifPresent(count -> json.writeNumberProperty("input_tokens", count));
        request.outputTokens().ifPresent(count -> json.writeNumberProperty("output_tokens", count));
        request.blocks().ifPresent(blocks -> {
            json.writeObjectPropertyStart("blocks");
            json.writeNumberProperty("tokens", blocks.tokensEach());
            json.writeName("numbers");
            json.writeArray(blocks.numbers(), 0, blocks.numbers().length);
            json.writeEndObject();
        });
        request.body().ifPresent(body -> {
            json.writeName("request");
            json.writeRawValue(onOneLine(body, request));
        });
        request.cancelledNanos().ifPresent(nanos -> writeMillis(json, "cancelled_ms", nanos));
        request.answer().ifPresent(answer -> write(json, answer));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, RecordedAnswer answer) {
        json.writeName("answer");
        json.writeStartObject();
        json.writeNumberProperty("status", answer.status());
        answer.firstTokenNanos().ifPresent(nanos -> writeMillis(json, "first_token_ms", nanos));
        answer.chunks().ifPresent(chunks -> {
            json.writeArrayPropertyStart("chunks_ms");
            for (long nanos : chunks.nanos()) {
                json.writeNumber(CanonicalLine.millis(nanos));
            }
            json.writeEndArray();
        });
        answer.doneNanos().ifPresent(nanos -> writeMillis(json, "done_ms", nanos));
        answer.outputTokens().ifPresent(count -> json.writeNumberProperty("output_tokens", count));
        answer.finishReason().ifPresent(text -> json.writeStringProperty("finish_reason", text));
        answer.text().ifPresent(text -> json.writeStringProperty("text", text));
        json.writeEndObject();
    }

    private static void writeMillis(JsonGenerator json, String key, long nanos) {
        json.writeName(key);
        json.writeNumber(CanonicalLine.millis(nanos));
    }

    /// The body as it is, but that line ends between its tokens become spaces.
    private static String onOneLine(byte[] body, TraceRequest request) {
        try (JsonParser json = CanonicalJson.FACTORY.createParser(ObjectReadContext.empty(), body)) {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            if (json.nextToken() == JsonToken.START_OBJECT) {
                requireAgreement(json, request);
                if (json.nextToken() == null) {
                    return text.replace('\n', ' ').replace('\r', ' ').strip();
                }
            }
        } catch (JacksonException | CharacterCodingException _) {
            // Said below, without the body: it may hold somebody's prompt.
        }
        throw new IllegalArgumentException("the body of the request is not one JSON object in UTF-8");
    }

    /// Walks over the body to its end; what the reader would refuse is not written.
    private static void requireAgreement(JsonParser json, TraceRequest request) {
        boolean streamed = false;
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            JsonToken value = json.nextToken();
            if (key.equals("model")
                    && (value != JsonToken.VALUE_STRING
                            || !request.model().orElse(json.getString()).equals(json.getString()))) {
                throw new IllegalArgumentException("the body of the request names another model, or none");
            }
            if (key.equals("stream") && value != JsonToken.VALUE_NULL) {
                if (!value.isBoolean()) {
                    throw new IllegalArgumentException("'stream' in the body of the request is not true or false");
                }
                streamed = value == JsonToken.VALUE_TRUE;
            }
            json.skipChildren();
        }
        if (request.stream().orElse(streamed) != streamed) {
            throw new IllegalArgumentException("the body of the request says otherwise than its 'stream'");
        }
    }
}
