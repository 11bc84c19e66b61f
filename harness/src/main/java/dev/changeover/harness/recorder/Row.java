package dev.changeover.harness.recorder;

import dev.changeover.harness.redaction.Redactor;
import dev.changeover.harness.trace.ChunkTimes;
import dev.changeover.harness.trace.RecordedAnswer;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.wire.Answer;
import dev.changeover.harness.wire.AnswerReader;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.Tokens;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Makes a request of a trace out of a call, without what is secret.
final class Row {

    private static final int LONGEST_WORD = 64;

    private final Redactor redactor;
    private final EndedCall call;
    private final ChatRequest asked;
    private final Optional<Answer> judged;

    Row(Redactor redactor, EndedCall call, ChatRequest asked) {
        this.redactor = redactor.hiding(call.credentials());
        this.call = call;
        this.asked = asked;
        this.judged = call.reader().map(reader -> reader.finish(call.whole()));
    }

    TraceRequest request(Conversation conversation) {
        OptionalInt output = metered();
        return TraceRequest.arriving(call.arrivedNanos())
                .conversation(Optional.of(redactor.pseudonym(conversation.key())))
                .model(Optional.of(redactor.masked(asked.model())))
                .stream(Optional.of(asked.stream()))
                .inputTokens(input())
                .outputTokens(output.isPresent() ? output : counted())
                .body(redactor.body(asked.tree()))
                .cancelledNanos(call.cancelledNanos())
                .answer(answer(output))
                .build();
    }

    private Optional<RecordedAnswer> answer(OptionalInt output) {
        if (call.status().isEmpty()) {
            return Optional.empty();
        }
        Optional<ChunkTimes> chunks = call.chunks();
        return Optional.of(new RecordedAnswer(
                call.status().getAsInt(),
                chunks.map(times -> OptionalLong.of(times.nanos()[0])).orElse(OptionalLong.empty()),
                chunks,
                call.doneNanos(),
                output,
                call.reader()
                        .flatMap(AnswerReader::finishReason)
                        .filter(word -> word.length() <= LONGEST_WORD)
                        .map(redactor::masked),
                call.reader().flatMap(AnswerReader::text).flatMap(redactor::text)));
    }

    private OptionalInt input() {
        OptionalLong metered = judged.map(answer -> answer.usage().input()).orElse(OptionalLong.empty());
        return sensible(metered.isPresent() ? metered : OptionalLong.of(Tokens.count(asked.promptText())));
    }

    private OptionalInt metered() {
        return sensible(judged.map(answer -> answer.usage().output()).orElse(OptionalLong.empty()));
    }

    private OptionalInt counted() {
        return sensible(judged.map(Answer::countedOutput).orElse(OptionalLong.empty()));
    }

    private static OptionalInt sensible(OptionalLong tokens) {
        return tokens.isPresent() && tokens.getAsLong() <= TraceRequest.MOST_TOKENS
                ? OptionalInt.of((int) tokens.getAsLong())
                : OptionalInt.empty();
    }
}
