package dev.changeover.harness.trace;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Turns one line of a canonical trace into a request.
final class CanonicalLine {

    private static final String KEYS =
            "at_ms, conversation, model, stream, input_tokens, output_tokens, blocks, request, cancelled_ms"
                    + " and answer";
    private static final String ANSWER_KEYS =
            "status, first_token_ms, chunks_ms, done_ms, output_tokens, finish_reason and text";

    private final Lines lines;
    private OptionalLong at = OptionalLong.empty();
    private Optional<String> conversation = Optional.empty();
    private Optional<String> model = Optional.empty();
    private Optional<Boolean> stream = Optional.empty();
    private OptionalInt inputTokens = OptionalInt.empty();
    private OptionalInt outputTokens = OptionalInt.empty();
    private Optional<PromptBlocks> blocks = Optional.empty();
    private Optional<Body> body = Optional.empty();
    private OptionalLong cancelled = OptionalLong.empty();
    private Optional<RecordedAnswer> answer = Optional.empty();

    /// A request body with what it says of itself.
    private record Body(byte[] bytes, Optional<String> model, boolean stream) {}

    CanonicalLine(Lines lines) {
        this.lines = lines;
    }

    /// An offset as it is written: milliseconds, exact.
    static String millis(long nanos) {
        return nanos == 0
                ? "0"
                : BigDecimal.valueOf(nanos, 6).stripTrailingZeros().toPlainString();
    }

    /// The request on the line at which `lines` stands.
    TraceRequest read() {
        forget();
        try (JsonParser json = CanonicalJson.parser(lines)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw lines.problem("the line is not a JSON object", "write one JSON object on each line");
            }
            for (String key = json.nextName(); key != null; key = json.nextName()) {
                if (json.nextToken() != JsonToken.VALUE_NULL) {
                    take(json, key);
                }
            }
            CanonicalJson.requireEnd(json, lines);
        } catch (JacksonException e) {
            throw CanonicalJson.problem(lines, e);
        }
        return request();
    }

    private void forget() {
        at = OptionalLong.empty();
        conversation = Optional.empty();
        model = Optional.empty();
        stream = Optional.empty();
        inputTokens = OptionalInt.empty();
        outputTokens = OptionalInt.empty();
        blocks = Optional.empty();
        body = Optional.empty();
        cancelled = OptionalLong.empty();
        answer = Optional.empty();
    }

    private void take(JsonParser json, String key) {
        switch (key) {
            case "at_ms" -> at = OptionalLong.of(CanonicalJson.nanosOfMillis(json, lines, key));
            case "conversation" -> conversation = Optional.of(CanonicalJson.text(json, lines, key));
            case "model" -> model = Optional.of(CanonicalJson.text(json, lines, key));
            case "stream" -> stream = Optional.of(CanonicalJson.truth(json, lines, key));
            case "input_tokens" -> inputTokens = tokens(json, key);
            case "output_tokens" -> outputTokens = tokens(json, key);
            case "blocks" -> blocks = Optional.of(blocks(json));
            case "request" -> body = Optional.of(body(json));
            case "cancelled_ms" -> cancelled = nanos(json, key);
            case "answer" -> answer = Optional.of(answer(json));
            default -> throw CanonicalJson.unknownKey(lines, key, "", KEYS);
        }
    }

    private TraceRequest request() {
        if (at.isEmpty()) {
            throw lines.problem("'at_ms' is missing", "give every request its offset in milliseconds");
        }
        body.ifPresent(this::requireAgreement);
        if (blocks.isPresent() && (inputTokens.isEmpty() || !blocks.get().hold(inputTokens.getAsInt()))) {
            throw lines.problem(
                    "'blocks' hold more or fewer tokens than 'input_tokens' says",
                    "every block but the last must be full: correct one of them");
        }
        return new TraceRequest(
                at.getAsLong(),
                conversation,
                model.or(() -> body.flatMap(Body::model)),
                stream.or(() -> body.map(Body::stream)),
                inputTokens,
                outputTokens,
                blocks,
                body.map(Body::bytes),
                cancelled,
                answer);
    }

    private void requireAgreement(Body said) {
        if (model.isPresent() && said.model().isPresent() && !model.equals(said.model())) {
            throw lines.problem(
                    "'model' is %s, but the request in the line names %s"
                            .formatted(
                                    Quoted.of(model.get()),
                                    Quoted.of(said.model().get())),
                    "correct one of them, or leave 'model' out");
        }
        if (stream.isPresent() && stream.get() != said.stream()) {
            throw lines.problem(
                    "'stream' is %s, but the request in the line says otherwise".formatted(stream.get()),
                    "correct one of them, or leave 'stream' out");
        }
    }

    private OptionalInt tokens(JsonParser json, String key) {
        return OptionalInt.of(CanonicalJson.count(json, lines, key, 0, TraceRequest.MOST_TOKENS));
    }

    private PromptBlocks blocks(JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw CanonicalJson.wrongType(json, lines, "blocks", "an object");
        }
        OptionalInt each = OptionalInt.empty();
        LongStream.Builder numbers = LongStream.builder();
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            json.nextToken();
            switch (key) {
                case "tokens" ->
                    each = OptionalInt.of(
                            CanonicalJson.count(json, lines, "blocks.tokens", 1, TraceRequest.MOST_TOKENS));
                case "numbers" -> CanonicalJson.wholeNumbers(json, lines, "blocks.numbers", numbers::add);
                default -> throw CanonicalJson.unknownKey(lines, key, " in 'blocks'", "tokens and numbers");
            }
        }
        if (each.isEmpty()) {
            throw lines.problem("'blocks.tokens' is missing", "say how many tokens a block has");
        }
        return new PromptBlocks(each.getAsInt(), numbers.build().toArray());
    }

    /// Takes the body as the very bytes of the line.
    private Body body(JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw CanonicalJson.wrongType(json, lines, "request", "an object, the body of a chat completion");
        }
        int from = lines.start() + (int) json.currentTokenLocation().getByteOffset();
        Optional<String> named = Optional.empty();
        boolean streamed = false;
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            JsonToken value = json.nextToken();
            if (key.equals("model")) {
                named = Optional.of(CanonicalJson.text(json, lines, "request.model"));
            } else if (key.equals("stream") && value != JsonToken.VALUE_NULL) {
                streamed = CanonicalJson.truth(json, lines, "request.stream");
            }
            json.skipChildren();
        }
        int to = lines.start() + (int) json.currentTokenLocation().getByteOffset() + 1;
        return new Body(Arrays.copyOfRange(lines.buffer(), from, to), named, streamed);
    }

    private RecordedAnswer answer(JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw CanonicalJson.wrongType(json, lines, "answer", "an object");
        }
        OptionalInt status = OptionalInt.empty();
        OptionalLong firstToken = OptionalLong.empty();
        Optional<ChunkTimes> chunks = Optional.empty();
        OptionalLong done = OptionalLong.empty();
        OptionalInt tokens = OptionalInt.empty();
        Optional<String> finish = Optional.empty();
        Optional<String> text = Optional.empty();
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            if (json.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (key) {
                case "status" -> status = OptionalInt.of(CanonicalJson.count(json, lines, "answer.status", 100, 599));
                case "first_token_ms" -> firstToken = nanos(json, "answer.first_token_ms");
                case "chunks_ms" -> chunks = Optional.of(chunks(json));
                case "done_ms" -> done = nanos(json, "answer.done_ms");
                case "output_tokens" -> tokens = tokens(json, "answer.output_tokens");
                case "finish_reason" -> finish = Optional.of(CanonicalJson.text(json, lines, "answer.finish_reason"));
                case "text" -> text = Optional.of(CanonicalJson.text(json, lines, "answer.text"));
                default -> throw CanonicalJson.unknownKey(lines, key, " in 'answer'", ANSWER_KEYS);
            }
        }
        if (status.isEmpty()) {
            throw lines.problem("'answer.status' is missing", "give the HTTP status that was recorded");
        }
        if (firstToken.orElse(0) > done.orElse(Long.MAX_VALUE)) {
            throw lines.problem("'answer.first_token_ms' is after 'answer.done_ms'", "correct one of them");
        }
        return new RecordedAnswer(status.getAsInt(), firstToken, chunks, done, tokens, finish, text);
    }

    private ChunkTimes chunks(JsonParser json) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw CanonicalJson.wrongType(json, lines, "answer.chunks_ms", "a list of milliseconds");
        }
        LongStream.Builder nanos = LongStream.builder();
        long before = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            long time = CanonicalJson.nanosOfMillis(json, lines, "answer.chunks_ms");
            if (time < before) {
                throw lines.problem("'answer.chunks_ms' falls", "give the chunks' times in the order they came");
            }
            nanos.add(time);
            before = time;
        }
        return new ChunkTimes(nanos.build().toArray());
    }

    private OptionalLong nanos(JsonParser json, String key) {
        return OptionalLong.of(CanonicalJson.nanosOfMillis(json, lines, key));
    }
}
