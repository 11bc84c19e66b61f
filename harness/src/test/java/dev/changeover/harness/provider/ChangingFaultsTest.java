package dev.changeover.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.Selection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Faults that let a good answer come to its end, but not as it was, or not when it was due.
@Timeout(60)
class ChangingFaultsTest {

    @Test
    void oneEventIsBrokenAndTheRestFollows() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.STREAM, new HttpFault.MalformedChunk(1))) {
            String two = Answers.words("two").strip();
            int half = "data: ".length() + (two.length() - "data: ".length()) / 2;
            assertThat(bench.answer(true))
                    .contains("one", two.substring(0, half) + "\n\n", "three", "[DONE]", "0\r\n\r\n")
                    .doesNotContain("two");
            Event.UpstreamCall row = bench.row();
            assertThat(row.outcome()).isEqualTo(new Outcome.Failed(ErrorKind.MALFORMED));
            assertThat(row.usage().output()).hasValue(3);
        }
    }

    @Test
    void wholeAnswerIsBrokenJson() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.WHOLE, new HttpFault.MalformedChunk(1))) {
            String half = Answers.WHOLE_BODY.substring(0, Answers.WHOLE_BODY.length() / 2);
            assertThat(bench.answer(false))
                    .containsIgnoringCase("content-length: " + half.length())
                    .endsWith("\r\n\r\n" + half);
            assertThat(bench.row().outcome()).isEqualTo(new Outcome.Failed(ErrorKind.MALFORMED));
        }
    }

    @Test
    void answerSaysThatAnotherModelGaveIt() throws Exception {
        for (boolean stream : new boolean[] {true, false}) {
            try (TapBench bench =
                    TapBench.answering(stream ? Answers.STREAM : Answers.WHOLE, new HttpFault.WrongModel("mini"))) {
                assertThat(bench.answer(stream))
                        .contains("\"model\":\"mini\"", "three")
                        .doesNotContain("\"model\":\"m\"");
                Event.UpstreamCall row = bench.row();
                assertThat(row.outcome()).isEqualTo(Outcome.SERVED);
                assertThat(row.modelAnswered()).hasValue("mini");
                assertThat(row.faults()).isEqualTo(TapBench.strikes(0));
            }
        }
    }

    @Test
    void everyEventWaitsForTheOneBefore() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.STREAM, new HttpFault.SlowDrip(Duration.ofMillis(40)))) {
            assertThat(bench.answer(true)).contains("one", "two", "three", "[DONE]");
            Event.UpstreamCall row = bench.row();
            assertThat(row.outcome()).isEqualTo(Outcome.SERVED);
            assertThat(row.timing().doneNanos() - row.timing().firstByteNanos().getAsLong())
                    .as("five gaps between six events")
                    .isGreaterThan(195_000_000);
        }
    }

    @Test
    void wholeAnswerComesInTenPieces() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.WHOLE, new HttpFault.SlowDrip(Duration.ofMillis(20)))) {
            assertThat(bench.answer(false)).endsWith(Answers.WHOLE_BODY);
            Event.UpstreamCall row = bench.row();
            assertThat(row.timing().doneNanos() - row.timing().firstByteNanos().getAsLong())
                    .as("nine gaps between ten pieces")
                    .isGreaterThan(175_000_000);
            assertThat(bench.tap.waiting()).isZero();
        }
    }

    @Test
    void dripEndsWhenTheFaultIsLifted() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.STREAM, new HttpFault.SlowDrip(Duration.ofHours(1)));
                RawClient client = bench.client().ask(true)) {
            client.readUntil("one");
            bench.tap.lift(0);
            assertThat(client.readUntil("0\r\n\r\n")).contains("two", "three", "[DONE]");
        }
    }

    @Test
    void dripOfAWholeAnswerEndsWhenTheFaultIsLifted() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.WHOLE, new HttpFault.SlowDrip(Duration.ofHours(1)));
                RawClient client = bench.client().ask(false)) {
            bench.awaitWaiting(1);
            bench.tap.lift(0);
            assertThat(client.readUntil("}}")).endsWith(Answers.WHOLE_BODY);
            assertThat(bench.row().faults()).isEqualTo(TapBench.strikes(0));
        }
    }

    @Test
    void singleEventWaitsForNoneAndWasNotStruck() throws Exception {
        String one = Answers.stream(
                "data: {\"choices\":[{\"delta\":{\"content\":\"one\"},\"finish_reason\":\"stop\"}]}\n\n");
        try (TapBench bench = TapBench.answering(one, new HttpFault.SlowDrip(Duration.ofHours(1)))) {
            assertThat(bench.answer(true)).contains("one");
            assertThat(bench.row().faults()).isEmpty();
        }
    }

    @Test
    void stalledStreamGoesOnWhenTheFaultIsLifted() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.STREAM, new HttpFault.StalledStream(2));
                RawClient client = bench.client().ask(true)) {
            assertThat(client.readUntil("two")).doesNotContain("three");
            assertThat(bench.hasRows()).isFalse();
            bench.awaitWaiting(1);
            bench.tap.lift(0);
            assertThat(client.readUntil("0\r\n\r\n")).contains("three", "[DONE]");
            Event.UpstreamCall row = bench.row();
            assertThat(row.outcome()).isEqualTo(Outcome.SERVED);
            assertThat(row.faults()).isEqualTo(TapBench.strikes(0));
        }
    }

    @Test
    void stalledWholeAnswerComesWhenTheFaultIsLifted() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.WHOLE, new HttpFault.StalledStream(0));
                RawClient client = bench.client().ask(false)) {
            bench.awaitWaiting(1);
            assertThat(client.hasBytes()).isFalse();
            bench.tap.lift(0);
            assertThat(client.readUntil("}}")).contains("200 OK", "one two three");
            Event.UpstreamCall row = bench.row();
            assertThat(row.outcome()).isEqualTo(Outcome.SERVED);
            assertThat(row.faults()).isEqualTo(TapBench.strikes(0));
        }
    }

    @Test
    void clientThatLeavesAStalledStreamIsStillBilled() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.STREAM, new HttpFault.StalledStream(1))) {
            try (RawClient client = bench.client().ask(true)) {
                client.readUntil("one");
            }
            Event.UpstreamCall row = bench.row();
            assertThat(row.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(row.delivered()).isFalse();
            assertThat(row.usage().output()).hasValue(3);
        }
    }

    @Test
    void faultComesAndGoesUnderTheSameIndex() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.WHOLE)) {
            for (int turn = 0; turn < 3; turn++) {
                bench.inject(4, new HttpFault.WrongModel("mini"), Selection.ALL);
                assertThat(bench.answer(false)).contains("mini");
                assertThat(bench.row().faults()).isEqualTo(TapBench.strikes(4));
                bench.tap.lift(4);
                assertThat(bench.answer(false)).doesNotContain("mini");
                assertThat(bench.row().faults()).isEqualTo(List.of());
            }
        }
    }
}
