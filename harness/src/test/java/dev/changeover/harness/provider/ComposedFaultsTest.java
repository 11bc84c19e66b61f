package dev.changeover.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.Selection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Faults that are in force at the same time.
@Timeout(60)
class ComposedFaultsTest {

    private static final HttpFault REFUSAL =
            new HttpFault.Status(503, Map.of(), Optional.empty(), "{}", HttpFault.Calls.COMPLETIONS);

    @Test
    void providerThatIsLateForTwoReasonsIsLateByBoth() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.STREAM, late(60), late(80))) {
            assertThat(bench.answer(true)).contains("[DONE]");
            Event.UpstreamCall row = bench.row();
            assertThat(row.timing().firstByteNanos().getAsLong() - row.timing().dueNanos())
                    .isGreaterThan(138_000_000);
            assertThat(row.faults()).isEqualTo(TapBench.strikes(0, 1));
            assertThat(row.outcome()).isEqualTo(Outcome.SERVED);
        }
    }

    @Test
    void lateProviderIsTakenUpAsSoonAsItsFaultsAreLifted() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.STREAM, late(3_600_000), late(3_600_000));
                RawClient client = bench.client().ask(true)) {
            bench.awaitWaiting(1);
            bench.tap.lift(1);
            bench.tap.lift(0);
            assertThat(client.readUntil("[DONE]")).contains("three");
        }
    }

    @Test
    void lateRefusalIsBoth() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.STREAM, REFUSAL, late(60))) {
            assertThat(bench.answer(true)).contains(" 503 ");
            Event.UpstreamCall row = bench.row();
            assertThat(row.timing().doneNanos() - row.timing().dueNanos()).isGreaterThan(59_000_000);
            assertThat(row.faults()).isEqualTo(TapBench.strikes(0, 1));
        }
    }

    @Test
    void onlyTheFirstOfTwoRefusalsAnswersAndNothingIsStruckWithin() throws Exception {
        HttpFault empty = new HttpFault.EmptyAnswer(HttpFault.EmptyAnswer.Form.EMPTY);
        try (TapBench bench = TapBench.answering(Answers.STREAM, new HttpFault.MidStreamCut(0), REFUSAL, empty)) {
            assertThat(bench.answer(true)).contains(" 503 ");
            assertThat(bench.row().faults()).isEqualTo(TapBench.strikes(1));
        }
    }

    @Test
    void deadConnectionLeavesRoomForNothingElse() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.WHOLE);
                RawClient client = bench.client()) {
            client.get("/nothing").readUntil("\r\n\r\n");
            bench.inject(0, REFUSAL, Selection.ALL);
            bench.inject(1, new HttpFault.DeadConnections(), Selection.ALL);
            client.ask(true);
            bench.awaitWaiting(1);
            bench.tap.lift(1);
            assertThat(client.readAll()).doesNotContain("503");
            assertThat(bench.row().faults()).isEqualTo(TapBench.strikes(1));
        }
    }

    @Test
    void slowStreamOfAnotherModelIsCut() throws Exception {
        try (TapBench bench = TapBench.answering(
                Answers.STREAM,
                new HttpFault.SlowDrip(Duration.ofMillis(30)),
                new HttpFault.WrongModel("mini"),
                new HttpFault.MidStreamCut(2))) {
            assertThat(bench.answer(true))
                    .contains("\"model\":\"mini\"", "one", "two")
                    .doesNotContain("\"model\":\"m\"", "three", "0\r\n\r\n");
            Event.UpstreamCall row = bench.row();
            assertThat(row.outcome()).isEqualTo(new Outcome.Failed(ErrorKind.TRUNCATED_STREAM));
            assertThat(row.faults()).isEqualTo(TapBench.strikes(0, 1, 2));
            assertThat(row.usage().output()).hasValue(3);
            assertThat(row.timing().doneNanos() - row.timing().firstByteNanos().getAsLong())
                    .isGreaterThan(58_000_000);
        }
    }

    @Test
    void slowWholeAnswerOfAnotherModelIsCut() throws Exception {
        try (TapBench bench = TapBench.answering(
                Answers.WHOLE,
                new HttpFault.MidStreamCut(2),
                new HttpFault.SlowDrip(Duration.ofMillis(5)),
                new HttpFault.WrongModel("mini"))) {
            assertThat(bench.answer(false)).contains("\"model\":\"mini\"").doesNotContain("stop");
            Event.UpstreamCall row = bench.row();
            assertThat(row.outcome()).isEqualTo(new Outcome.Failed(ErrorKind.TRUNCATED_STREAM));
            assertThat(row.faults()).isEqualTo(TapBench.strikes(0, 1, 2));
        }
    }

    @Test
    void wholeAnswerThatIsCutComesToNoOtherEnd() throws Exception {
        String half = Answers.WHOLE_BODY.substring(0, Answers.WHOLE_BODY.length() / 2);
        try (TapBench bench = TapBench.answering(
                Answers.WHOLE, new HttpFault.MidStreamCut(1), new HttpFault.MidStreamError(1, "{\"error\":{}}"))) {
            assertThat(bench.answer(false)).endsWith("\r\n\r\n" + half);
            Event.UpstreamCall row = bench.row();
            assertThat(row.outcome()).isEqualTo(new Outcome.Failed(ErrorKind.TRUNCATED_STREAM));
            assertThat(row.faults()).isEqualTo(TapBench.strikes(0));
        }
    }

    @Test
    void errorBehindAStallComesWhenThatIsLifted() throws Exception {
        try (TapBench bench = TapBench.answering(
                        Answers.STREAM,
                        new HttpFault.StalledStream(1),
                        new HttpFault.MidStreamError(2, "{\"error\":{}}"));
                RawClient client = bench.client().ask(true)) {
            client.readUntil("one");
            bench.awaitWaiting(1);
            bench.tap.lift(0);
            assertThat(client.readUntil("0\r\n\r\n"))
                    .contains("two", "{\"error\":{}}")
                    .doesNotContain("three");
            assertThat(bench.row().faults()).isEqualTo(TapBench.strikes(0, 1));
        }
    }

    @Test
    void faultStrikesBeforeACleanEndButNotAfterACut() throws Exception {
        try (TapBench bench = TapBench.answering(
                Answers.STREAM, new HttpFault.UnfinishedStream(1), new HttpFault.MalformedChunk(3))) {
            assertThat(bench.answer(true))
                    .contains("one", "data: {\n\n", "0\r\n\r\n")
                    .doesNotContain("two");
            assertThat(bench.row().faults()).isEqualTo(TapBench.strikes(0, 1));
        }
        try (TapBench bench =
                TapBench.answering(Answers.STREAM, new HttpFault.MidStreamCut(1), new HttpFault.MalformedChunk(3))) {
            assertThat(bench.answer(true)).contains("one").doesNotContain("data: {\n");
            assertThat(bench.row().faults()).isEqualTo(TapBench.strikes(0));
        }
    }

    private static HttpFault late(int millis) {
        return new HttpFault.SlowFirstToken(Duration.ofMillis(millis));
    }
}
