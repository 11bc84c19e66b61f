package dev.changeover.harness.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

    private static final String ROLE = chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
    private static final String FINISH = chunk("{}", "\"stop\"");
    private static final String USAGE = event("{\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,"
            + "\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":1}}}");
    private static final String DONE = event("[DONE]");
    private static final String WELL = ROLE + says(" about") + says(" above") + FINISH + USAGE + DONE;

    @Test
    void completeStreamIsServed() {
        AnswerReader reader = stream();

        assertThat(feed(reader, WELL)).isEqualTo(2);
        assertThat(reader.done()).isTrue();
        assertThat(reader.finish(true))
                .isEqualTo(new Answer(
                        Outcome.SERVED, Usage.of(3, 2, 1), Optional.of("m"), OptionalLong.of(2), Optional.empty()));
    }

    @Test
    void roleOnlyAndEmptyChunksAreNoTokens() {
        AnswerReader reader = stream();

        assertThat(feed(reader, ROLE + chunk("{\"content\":null}", "null") + chunk("{}", "null")))
                .isZero();
        assertThat(reader.sawContent()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":\"hm\"}",
                "{\"content\":null,\"reasoning_content\":\"hm\"}",
                "{\"reasoning\":\"hm\",\"reasoning_details\":[{\"text\":\"hm\"}]}",
                "{\"refusal\":\"hm\"}",
                "{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]}]}",
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}"
            })
    void contentReasoningAndToolCallsAreContent(String delta) {
        AnswerReader reader = stream();

        assertThat(feed(reader, chunk(delta, "null"))).isOne();
        feed(reader, FINISH);
        assertThat(reader.finish(true).outcome()).isEqualTo(Outcome.SERVED);
    }

    @Test
    void toolArgumentsAreCounted() {
        AnswerReader reader = stream();
        feed(reader, chunk("{\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"about\"}}]}", "null"));
        feed(reader, chunk("{\"tool_calls\":[{\"function\":{\"arguments\":\" above\"}}]}", "\"tool_calls\""));

        assertThat(reader.finish(true).countedOutput()).hasValue(2);
    }

    @Test
    void streamWithoutDoneButWithFinishReasonIsComplete() {
        assertThat(outcomeOf(ROLE + says("hm") + FINISH, true)).isEqualTo(Outcome.SERVED);
    }

    @Test
    void streamWithDoneButWithoutFinishReasonIsComplete() {
        assertThat(outcomeOf(ROLE + says("hm") + DONE, true)).isEqualTo(Outcome.SERVED);
    }

    @Test
    void usageAfterTheFinishReasonIsTakenWithoutDone() {
        AnswerReader reader = stream();
        feed(reader, ROLE + says("hm") + FINISH + USAGE);

        Answer answer = reader.finish(true);
        assertThat(answer.outcome()).isEqualTo(Outcome.SERVED);
        assertThat(answer.usage()).isEqualTo(Usage.of(3, 2, 1));
    }

    @Test
    void ofUsageInEveryChunkTheLastCounts() {
        AnswerReader reader = stream();
        for (int tokens = 1; tokens <= 3; tokens++) {
            feed(
                    reader,
                    event(("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hm\"}}],\"usage\":{\"prompt_tokens\":9,"
                                    + "\"completion_tokens\":%d}}")
                            .formatted(tokens)));
        }
        feed(reader, FINISH);

        assertThat(reader.finish(true).usage().output()).hasValue(3);
    }

    @Test
    void withoutUsageOurOwnCountIsThereAndUsageIsNot() {
        AnswerReader reader = stream();
        feed(reader, ROLE + says(" about") + says(" above") + FINISH + DONE);

        Answer answer = reader.finish(true);
        assertThat(answer.usage()).isEqualTo(Usage.UNKNOWN);
        assertThat(answer.countedOutput()).hasValue(2);
    }

    @Test
    void everyChoiceHasToEnd() {
        String both = of(0, "{\"content\":\"hm\"}", "null") + of(1, "{\"content\":\"hm\"}", "null");

        assertThat(outcomeOf(both + of(0, "{}", "\"stop\""), true)).isEqualTo(failed(ErrorKind.TRUNCATED_STREAM));
        assertThat(outcomeOf(both + of(0, "{}", "\"stop\"") + of(1, "{}", "\"length\""), true))
                .isEqualTo(Outcome.SERVED);
        assertThat(outcomeOf(both + of(0, "{}", "\"stop\"") + DONE, true)).isEqualTo(Outcome.SERVED);
    }

    @Test
    void aFilterThatEndsOneOfTheChoicesIsNotForgotten() {
        assertThat(outcomeOf(
                        of(0, "{\"content\":\"hm\"}", "\"content_filter\"") + of(1, "{\"content\":\"hm\"}", "\"stop\""),
                        true))
                .isEqualTo(failed(ErrorKind.CONTENT_FILTER));
    }

    @Test
    void anEmptyFinishReasonIsNone() {
        assertThat(outcomeOf(chunk("{\"content\":\"hm\"}", "\"\""), true))
                .isEqualTo(failed(ErrorKind.TRUNCATED_STREAM));
    }

    private static String of(int index, String delta, String reason) {
        return event(
                "{\"choices\":[{\"index\":%d,\"delta\":%s,\"finish_reason\":%s}]}".formatted(index, delta, reason));
    }

    @Test
    void cleanEndWithNeitherIsTruncated() {
        assertThat(outcomeOf(ROLE + says("hm"), true)).isEqualTo(failed(ErrorKind.TRUNCATED_STREAM));
        assertThat(outcomeOf("", true)).isEqualTo(failed(ErrorKind.TRUNCATED_STREAM));
    }

    @Test
    void cutStreamIsTruncatedWhateverItHeld() {
        assertThat(outcomeOf(ROLE + says("hm") + FINISH, false)).isEqualTo(failed(ErrorKind.TRUNCATED_STREAM));
    }

    @Test
    void cleanEndInsideAChunkIsTruncatedAndNotMalformed() {
        String cut = ROLE + says("hm");
        assertThat(outcomeOf(cut.substring(0, cut.length() - 9), true)).isEqualTo(failed(ErrorKind.TRUNCATED_STREAM));
    }

    @Test
    void missingBlankLineAtTheEndIsForgiven() {
        assertThat(outcomeOf(ROLE + says("hm") + "data: [DONE]", true)).isEqualTo(Outcome.SERVED);
        assertThat(outcomeOf(ROLE + says("hm") + "data: [DONE]\n", true)).isEqualTo(Outcome.SERVED);
    }

    @Test
    void errorEventIsAStreamErrorWhateverFollows() {
        String error = event("{\"error\":{\"message\":\"broke\",\"code\":502}}");
        AnswerReader reader = stream();
        feed(reader, ROLE + says("hm") + error + FINISH + DONE);

        Answer answer = reader.finish(true);
        assertThat(answer.outcome()).isEqualTo(failed(ErrorKind.STREAM_ERROR));
        assertThat(answer.error()).hasValue("broke");
    }

    @Test
    void errorEventOfAnthropicIsAStreamError() {
        String error = "event: error\n"
                + event("{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}");
        assertThat(outcomeOf(ROLE + error, true)).isEqualTo(failed(ErrorKind.STREAM_ERROR));
    }

    @Test
    void errorAsFinishReasonIsAStreamError() {
        assertThat(outcomeOf(says("hm") + chunk("{}", "\"error\"") + DONE, true))
                .isEqualTo(failed(ErrorKind.STREAM_ERROR));
    }

    @Test
    void nullErrorIsNone() {
        assertThat(outcomeOf(says("hm") + event("{\"error\":null,\"choices\":[]}") + FINISH, true))
                .isEqualTo(Outcome.SERVED);
    }

    @Test
    void completeStreamWithNothingInItIsEmpty() {
        assertThat(outcomeOf(ROLE + FINISH + USAGE + DONE, true)).isEqualTo(failed(ErrorKind.EMPTY_ANSWER));
        assertThat(outcomeOf(ROLE + says(" \\n") + FINISH + DONE, true)).isEqualTo(failed(ErrorKind.EMPTY_ANSWER));
        assertThat(outcomeOf(DONE, true)).isEqualTo(failed(ErrorKind.EMPTY_ANSWER));
    }

    @Test
    void emptyAnswerHeldBackByAFilterSaysSo() {
        assertThat(outcomeOf(ROLE + chunk("{}", "\"content_filter\"") + DONE, true))
                .isEqualTo(failed(ErrorKind.CONTENT_FILTER));
    }

    @Test
    void anAnswerThatAFilterEndedIsNotServedEither() {
        assertThat(outcomeOf(ROLE + says("Half an ans") + chunk("{}", "\"content_filter\"") + DONE, true))
                .isEqualTo(failed(ErrorKind.CONTENT_FILTER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\":[{", "{\"a\" 1}", "[1]", "hello", "{} {}", "\u0000"})
    void brokenChunkIsMalformed(String data) {
        assertThat(outcomeOf(ROLE + says("hm") + event(data) + FINISH + DONE, true))
                .isEqualTo(failed(ErrorKind.MALFORMED));
    }

    @Test
    void nestingWithoutEndIsMalformed() {
        assertThat(outcomeOf(event("{\"choices\":" + "[".repeat(100_000)), true))
                .isEqualTo(failed(ErrorKind.MALFORMED));
    }

    @Test
    void endlessLineIsMalformedAndBounded() {
        AnswerReader reader = stream();
        String piece = "x".repeat(64 << 10);
        for (int i = 0; i < 32; i++) {
            feed(reader, piece);
        }
        assertThat(reader.finish(true).outcome()).isEqualTo(failed(ErrorKind.MALFORMED));
    }

    @Test
    void everySplitIntoTwoGivesTheSameAnswer() {
        String text = "\uFEFF: hello\r\n\r\n" + ROLE.replace("\n", "\r\n") + says("ä€\\u00e4😀") + "event: x\r"
                + "data: {\"choices\":\rdata: []}\r\r" + FINISH + USAGE + DONE;
        byte[] bytes = text.getBytes(UTF_8);
        Answer whole = answerOf(bytes, bytes.length);
        assertThat(whole.outcome()).isEqualTo(Outcome.SERVED);
        for (int at = 0; at < bytes.length; at++) {
            assertThat(answerOf(bytes, at)).as("split at %d", at).isEqualTo(whole);
        }
    }

    @Test
    void byteAfterByteGivesTheSameAnswer() {
        AnswerReader reader = stream();
        int chunks = 0;
        for (byte letter : WELL.getBytes(UTF_8)) {
            chunks += reader.feed(new byte[] {letter}, 0, 1);
        }
        assertThat(chunks).isEqualTo(2);
        assertThat(reader.finish(true).usage()).isEqualTo(Usage.of(3, 2, 1));
    }

    @Test
    void wholeAnswerIsServed() {
        AnswerReader reader = new AnswerReader(200, "application/json");
        assertThat(feed(reader, body("{\"role\":\"assistant\",\"content\":\"about above\"}")))
                .isZero();
        assertThat(reader.streaming()).isFalse();

        Answer answer = reader.finish(true);
        assertThat(answer.outcome()).isEqualTo(Outcome.SERVED);
        assertThat(answer.usage()).isEqualTo(new Usage(OptionalLong.of(3), OptionalLong.of(2), OptionalLong.empty()));
        assertThat(answer.countedOutput()).hasValue(2);
    }

    @Test
    void wholeAnswerThatIsCutIsTruncated() {
        assertThat(wholeOutcome(200, body("{\"content\":\"hm\"}"), false))
                .isEqualTo(failed(ErrorKind.TRUNCATED_STREAM));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "{\"choices\":[]}",
                "{\"choices\":null}",
                "{\"choices\":[{\"message\":null,\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[]},\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[{\"message\":{\"content\":\" \\n\"},\"finish_reason\":\"stop\"}]}"
            })
    void wholeAnswerWithNothingInItIsEmpty(String body) {
        assertThat(wholeOutcome(200, body, true)).isEqualTo(failed(ErrorKind.EMPTY_ANSWER));
    }

    @Test
    void goodStatusWithAnErrorObjectHasTheErrorsKind() {
        assertThat(wholeOutcome(200, "{\"error\":{\"message\":\"slow down\",\"code\":429}}", true))
                .isEqualTo(failed(ErrorKind.RATE_LIMITED));
        assertThat(wholeOutcome(200, "{\"error\":{\"message\":\"no idea\"}}", true))
                .isEqualTo(failed(ErrorKind.SERVER_ERROR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{\"choices\":[", "[]", "{}", "data: {}"})
    void bodyThatIsNoCompletionIsMalformed(String body) {
        assertThat(wholeOutcome(200, body, true)).isEqualTo(failed(ErrorKind.MALFORMED));
    }

    @Test
    void errorStatusHasItsKindEvenWhenItsBodyIsCutOrAnEventStream() {
        assertThat(wholeOutcome(503, "", false)).isEqualTo(failed(ErrorKind.OVERLOADED));
        AnswerReader reader = new AnswerReader(429, "text/event-stream");
        assertThat(reader.streaming()).isFalse();
        assertThat(reader.finish(true).outcome()).isEqualTo(failed(ErrorKind.RATE_LIMITED));
    }

    @Test
    void keysInErrorsAreMasked() {
        AnswerReader reader = new AnswerReader(401, "application/json");
        feed(reader, "{\"error\":{\"message\":\"Incorrect API key provided: sk-secret1234.\"}}");
        assertThat(reader.finish(true).error()).hasValue("status 401: Incorrect API key provided: ***.");
    }

    private static Answer answerOf(byte[] bytes, int at) {
        AnswerReader reader = stream();
        byte[] piece = bytes.clone();
        reader.feed(piece, 0, at);
        Arrays.fill(piece, 0, at, (byte) 'x');
        reader.feed(piece, at, bytes.length - at);
        return reader.finish(true);
    }

    private static Outcome outcomeOf(String text, boolean complete) {
        AnswerReader reader = stream();
        feed(reader, text);
        return reader.finish(complete).outcome();
    }

    private static Outcome wholeOutcome(int status, String body, boolean complete) {
        AnswerReader reader = new AnswerReader(status, "application/json; charset=utf-8");
        feed(reader, body);
        return reader.finish(complete).outcome();
    }

    private static AnswerReader stream() {
        return new AnswerReader(200, "text/event-stream;charset=UTF-8");
    }

    private static int feed(AnswerReader reader, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return reader.feed(bytes, 0, bytes.length);
    }

    private static Outcome failed(ErrorKind kind) {
        return new Outcome.Failed(kind);
    }

    private static String says(String text) {
        return chunk("{\"content\":\"" + text + "\"}", "null");
    }

    private static String chunk(String delta, String finish) {
        return event("{\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finish + "}]}");
    }

    private static String body(String message) {
        return "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":" + message
                + ",\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}";
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }
}
