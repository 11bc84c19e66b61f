package dev.changeover.harness.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceSummaryTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void ratesAndBurstsComeFromTheArrivals() {
        TraceSummary summary = TraceSummary.of(arrivals(5.0, 5.0, 5.5, 7.0, 9.0));
        assertThat(summary.requests()).isEqualTo(5);
        assertThat(summary.span()).isEqualTo(Duration.ofSeconds(4));
        assertThat(summary.meanRate()).hasValue(1);
        assertThat(summary.peakRate()).isEqualTo(3);
        assertThat(summary.emptySeconds().orElseThrow()).isCloseTo(0.4, within(1e-9));
        assertThat(summary.gapVariation().orElseThrow()).isCloseTo(0.79057, within(1e-5));
    }

    @Test
    void evenArrivalsDoNotVary() {
        TraceSummary summary = TraceSummary.of(arrivals(0, 1, 2, 3, 4));
        assertThat(summary.gapVariation().orElseThrow()).isCloseTo(0, within(1e-9));
        assertThat(summary.emptySeconds()).hasValue(0);
    }

    @Test
    void oneRequestHasNoRate() {
        TraceSummary summary = TraceSummary.of(arrivals(3));
        assertThat(summary.meanRate()).isEmpty();
        assertThat(summary.gapVariation()).isEmpty();
        assertThat(summary.peakRate()).isOne();
        assertThat(TraceSummaryText.of(summary)).contains("too few requests to say");
    }

    @Test
    void nothingIsCountedAsNothing() {
        TraceSummary summary = TraceSummary.of(List.<TraceRequest>of().iterator());
        assertThat(summary.requests()).isZero();
        assertThat(summary.inputTokens()).isEmpty();
        assertThat(summary.emptySeconds()).isEmpty();
    }

    @Test
    void simultaneousArrivalsHaveNoRate() {
        assertThat(TraceSummary.of(arrivals(1, 1, 1)).meanRate()).isEmpty();
    }

    @Test
    void quantilesAreThoseOfTheRequestsThatSay() {
        List<TraceRequest> requests = new ArrayList<>();
        IntStream.rangeClosed(1, 1_000).forEach(n -> requests.add(TraceRequest.ofCounts(0, n, 2 * n)));
        requests.add(said(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        TraceSummary summary = TraceSummary.of(requests.iterator());
        assertThat(summary.inputTokens()).contains(new TraceSummary.TokenQuantiles(1_000, 500, 950, 990, 1_000));
        assertThat(summary.outputTokens()).contains(new TraceSummary.TokenQuantiles(1_000, 1_000, 1_900, 1_980, 2_000));
    }

    @Test
    void tokensThatOnlyTheRecordedAnswerTellsAreCounted() {
        TraceRequest told = TraceRequest.arriving(0)
                .answer(Optional.of(new RecordedAnswer(
                        200,
                        OptionalLong.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalInt.of(7),
                        Optional.empty(),
                        Optional.empty())))
                .build();
        assertThat(TraceSummary.of(List.of(told).iterator()).outputTokens())
                .contains(new TraceSummary.TokenQuantiles(1, 7, 7, 7, 7));
    }

    @Test
    void testTrafficOfYearsIsToldByTheHourAndHowToReplayIt() {
        TraceSummary summary = TraceSummary.of(arrivals(0, 36_000));
        assertThat(TraceSummaryText.of(summary))
                .contains("mean 0.10 an hour, peak 1 in one second; import --rate gives another");
    }

    @Test
    void modelsStreamsConversationsRepeatsAndAnswersAreCounted() {
        TraceSummary summary = TraceSummary.of(List.of(
                        said(Optional.of("a"), Optional.of("m"), Optional.of(true), Optional.of("{1}")),
                        said(Optional.of("a"), Optional.of("m"), Optional.of(false), Optional.of("{2}")),
                        said(Optional.of("b"), Optional.of("n"), Optional.empty(), Optional.of("{1}")),
                        said(Optional.empty(), Optional.empty(), Optional.of(true), Optional.empty()),
                        answered())
                .iterator());
        assertThat(summary.models()).isEqualTo(Map.of("m", 2L, "n", 1L));
        assertThat(summary.streamed()).isEqualTo(2);
        assertThat(summary.streamKnown()).isEqualTo(3);
        assertThat(summary.conversations()).isEqualTo(new TraceSummary.Distinct(2, 1, true));
        assertThat(summary.meanConversation()).hasValue(1.5);
        assertThat(summary.bodies()).isEqualTo(new TraceSummary.Distinct(2, 1, true));
        assertThat(summary.answers()).isOne();
        assertThat(TraceSummaryText.of(summary)).isEqualTo("""
            requests       5 over 0.0 s
            rate           peak 5 in one second
            bursts         too few requests to say
            input tokens   not recorded
            output tokens  not recorded
            models         m (2), n (1)
            streams        66.7 % of 3 requests
            conversations  2 of 1.5 requests on average
            repeated       1 of the bodies are repeats of one before
            answers        1 recorded
            """);
    }

    @Test
    void hostileModelNamesNeitherFillTheMemoryNorReachTheTerminal() {
        List<TraceRequest> requests = new ArrayList<>();
        IntStream.range(0, 5_000)
                .forEach(n -> requests.add(
                        said(Optional.empty(), Optional.of("\u001b[2J" + n), Optional.empty(), Optional.empty())));
        TraceSummary summary = TraceSummary.of(requests.iterator());
        assertThat(summary.models()).hasSize(1_001).containsEntry(TraceSummary.OTHER_MODELS, 4_000L);
        assertThat(TraceSummaryText.of(summary)).contains("and 981 more").doesNotContain("\u001b");
    }

    @Test
    void moreThingsThanAreRememberedGiveALowerBound() {
        DistinctHashes hashes = new DistinctHashes(1_000);
        for (long hash = 0; hash < 1_500; hash++) {
            hashes.add(hash * 0x9e3779b97f4a7c15L);
        }
        hashes.add(0);
        assertThat(hashes.counted()).isEqualTo(new TraceSummary.Distinct(1_000, 1, false));
    }

    private static Iterator<TraceRequest> arrivals(double... seconds) {
        return Arrays.stream(seconds)
                .mapToObj(s -> TraceRequest.ofCounts((long) (s * SECOND), 1, 1))
                .iterator();
    }

    private static TraceRequest said(
            Optional<String> conversation, Optional<String> model, Optional<Boolean> stream, Optional<String> body) {
        return TraceRequest.arriving(0).conversation(conversation).model(model).stream(stream)
                .body(body.map(text -> text.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private static TraceRequest answered() {
        return TraceRequest.arriving(0)
                .answer(Optional.of(new RecordedAnswer(
                        200,
                        OptionalLong.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty())))
                .build();
    }
}
