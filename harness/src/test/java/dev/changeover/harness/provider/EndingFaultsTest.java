package dev.changeover.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.toxics.http.HttpFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Faults that end a good answer before its time, byte by byte, and what the ledger says of the work behind it.
@Timeout(60)
class EndingFaultsTest {

    private static final String ERROR = "{\"error\":{\"message\":\"oh\"}}";

    @Test
    void streamTurnsIntoAnErrorEvent() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.STREAM, new HttpFault.MidStreamError(2, ERROR))) {
            assertThat(bench.answer(true))
                    .contains("200 OK", "one", "two", "data: " + ERROR + "\n\n", "0\r\n\r\n")
                    .doesNotContain("three", "finish_reason", "[DONE]");
            assertBilled(bench.row(), ErrorKind.STREAM_ERROR);
        }
    }

    @Test
    void wholeAnswerIsTheErrorInA200() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.WHOLE, new HttpFault.MidStreamError(2, ERROR))) {
            assertThat(bench.answer(false)).contains("200 OK").endsWith("\r\n\r\n" + ERROR);
            assertBilled(bench.row(), ErrorKind.SERVER_ERROR);
        }
    }

    @Test
    void streamEndsCleanlyWithoutItsEnd() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.STREAM, new HttpFault.UnfinishedStream(2))) {
            assertThat(bench.answer(true))
                    .contains("one", "two", "0\r\n\r\n")
                    .doesNotContain("three", "finish_reason", "[DONE]");
            assertBilled(bench.row(), ErrorKind.TRUNCATED_STREAM);
        }
    }

    @Test
    void streamShorterThanToldIsStruckBeforeItsEnd() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.STREAM, new HttpFault.UnfinishedStream(50))) {
            assertThat(bench.answer(true))
                    .contains("one", "two", "three", "0\r\n\r\n")
                    .doesNotContain("finish_reason", "[DONE]");
        }
    }

    @Test
    void wholeAnswerHasNoFinishReason() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.WHOLE, new HttpFault.UnfinishedStream(2))) {
            assertThat(bench.answer(false)).contains("one two three").doesNotContain("finish_reason");
            assertThat(bench.row().faults()).isEqualTo(TapBench.strikes(0));
        }
    }

    @Test
    void streamIsCut() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.STREAM, new HttpFault.MidStreamCut(2))) {
            assertThat(bench.answer(true)).contains("one", "two").doesNotContain("three", "0\r\n\r\n");
            assertBilled(bench.row(), ErrorKind.TRUNCATED_STREAM);
        }
    }

    @Test
    void nothingOfAStreamPassesWhenNoChunkMay() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.STREAM, new HttpFault.MidStreamCut(0))) {
            assertThat(bench.answer(true)).contains("200 OK").doesNotContain("data:");
        }
    }

    @Test
    void wholeAnswerIsCutInItsMiddle() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.WHOLE, new HttpFault.MidStreamCut(2))) {
            String body = Answers.WHOLE_BODY;
            assertThat(bench.answer(false))
                    .containsIgnoringCase("content-length: " + body.length())
                    .endsWith("\r\n\r\n" + body.substring(0, body.length() / 2));
            assertBilled(bench.row(), ErrorKind.TRUNCATED_STREAM);
        }
    }

    @Test
    void streamIsCutInsideTheArgumentsOfAToolCall() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.TOOL_STREAM, new HttpFault.ToolCallCut())) {
            assertThat(bench.answer(true))
                    .contains("\"name\":\"weather\"", "{\\\"city\\\":", "\\\"Os")
                    .doesNotContain("Oslo", "finish_reason\":\"tool_calls", "0\r\n\r\n");
            Event.UpstreamCall row = bench.row();
            assertThat(row.outcome()).isEqualTo(new Outcome.Failed(ErrorKind.TRUNCATED_STREAM));
            assertThat(row.faults()).isEqualTo(TapBench.strikes(0));
        }
    }

    @Test
    void argumentsInOnePieceAreCutToo() throws Exception {
        String stream = Answers.stream(Answers.arguments("{\\\"city\\\":\\\"Oslo\\\"}") + "data: [DONE]\n\n");
        try (TapBench bench = TapBench.answering(stream, new HttpFault.ToolCallCut())) {
            assertThat(bench.answer(true)).contains("\"arguments\":\"{\\\"cit").doesNotContain("Oslo", "[DONE]");
        }
    }

    @Test
    void wholeAnswerIsCutInsideTheArgumentsOfAToolCall() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.TOOL_WHOLE, new HttpFault.ToolCallCut())) {
            assertThat(bench.answer(false)).contains("\"arguments\":\"{\\\"cit").doesNotContain("Oslo");
            assertThat(bench.row().usage().output()).hasValue(7);
        }
    }

    @Test
    void answersThatCallNoToolPassAsTheyAreAndWereNotStruck() throws Exception {
        for (boolean stream : new boolean[] {true, false}) {
            try (TapBench bench =
                    TapBench.answering(stream ? Answers.STREAM : Answers.WHOLE, new HttpFault.ToolCallCut())) {
                assertThat(bench.answer(stream)).contains("three", stream ? "[DONE]" : "stop");
                Event.UpstreamCall row = bench.row();
                assertThat(row.outcome()).isEqualTo(Outcome.SERVED);
                assertThat(row.faults()).isEmpty();
            }
        }
    }

    @Test
    void filterEndsAStreamAsWellFormedAsItCan() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.STREAM, new HttpFault.ContentFilter(0))) {
            assertThat(bench.answer(true))
                    .contains("\"delta\":{}", "\"finish_reason\":\"content_filter\"", "[DONE]", "0\r\n\r\n")
                    .doesNotContain("one");
            assertBilled(bench.row(), ErrorKind.CONTENT_FILTER);
        }
    }

    @Test
    void filterLeavesSoManyWordsOfAWholeAnswer() throws Exception {
        for (int words = 0; words < 2; words++) {
            try (TapBench bench = TapBench.answering(Answers.WHOLE, new HttpFault.ContentFilter(words))) {
                assertThat(bench.answer(false))
                        .contains("\"content\":" + (words == 0 ? "null" : "\"one \""), "\"content_filter\"")
                        .doesNotContain("two");
                assertThat(bench.row().usage().output()).hasValue(3);
            }
        }
    }

    @Test
    void refusalOfTheProviderPassesAsItIsAndWasNotStruck() throws Exception {
        String refusal = Answers.whole(ERROR).replace("200 OK", "429 Too Many Requests");
        try (TapBench bench = TapBench.answering(refusal, new HttpFault.MidStreamCut(0))) {
            assertThat(bench.answer(false)).contains("429").endsWith(ERROR);
            assertThat(bench.row().faults()).isEmpty();
        }
    }

    private static void assertBilled(Event.UpstreamCall row, ErrorKind kind) {
        assertThat(row.outcome()).isEqualTo(new Outcome.Failed(kind));
        assertThat(row.faults()).isEqualTo(TapBench.strikes(0));
        assertThat(row.usage().output()).hasValue(3);
    }
}
