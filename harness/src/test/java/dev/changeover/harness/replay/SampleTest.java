package dev.changeover.harness.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Load;
import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.BodyGenerator;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.units.Share;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Half of the conversations, each whole or not at all.
class SampleTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void conversationsAreTakenWholeOrNotAtAll() {
        List<ScheduledRequest> taken = sampled("50%", 0, 7);

        Set<String> conversations =
                taken.stream().map(ScheduledRequest::conversation).collect(Collectors.toSet());
        assertThat(conversations).hasSizeBetween(70, 130);
        assertThat(taken).hasSize(3 * conversations.size());
    }

    @Test
    void theSeedChoosesAndTheWindowDoesNot() {
        Set<String> all = names(sampled("50%", 0, 7));

        assertThat(names(sampled("50%", 0, 7))).isEqualTo(all);
        assertThat(names(sampled("50%", 0, 8))).isNotEqualTo(all);
        assertThat(names(sampled("50%", 100, 7))).isEqualTo(all);
    }

    @Test
    void whatIsTakenIsWhatItWasInTheWhole() {
        List<ScheduledRequest> whole = sampled("100%", 0, 7);

        for (ScheduledRequest request : sampled("50%", 0, 7)) {
            ScheduledRequest same = whole.get((int) request.id().number());
            assertThat(request.dueNanos()).isEqualTo(same.dueNanos());
            assertThat(request.body()).isEqualTo(same.body());
        }
    }

    @Test
    void requestsWithoutAConversationAreEachTheirOwn() {
        List<TraceRequest> loose = IntStream.range(0, 400)
                .mapToObj(i -> TraceRequest.ofCounts(i, 1, 1))
                .toList();
        SchedulePlan plan = SchedulePlan.of(new FakeTrace(loose), traffic("25%", 0), 7);

        assertThat(plan.requests()).isBetween(70L, 130L);
        assertThat(plan.arrived()).isEqualTo(400);
    }

    private static Set<String> names(List<ScheduledRequest> requests) {
        return requests.stream().map(ScheduledRequest::conversation).collect(Collectors.toCollection(TreeSet::new));
    }

    /// Of two hundred conversations of three turns, one turn a round.
    private static List<ScheduledRequest> sampled(String share, int fromSeconds, long seed) {
        List<TraceRequest> trace = IntStream.range(0, 600)
                .mapToObj(i -> TraceRequest.arriving(i * SECOND)
                        .conversation(Optional.of("c" + i % 200))
                        .inputTokens(OptionalInt.of(20))
                        .build())
                .toList();
        List<ScheduledRequest> requests = new ArrayList<>();
        new Schedule(new FakeTrace(trace), traffic(share, fromSeconds), new BodyGenerator(seed), "gpt", seed)
                .forEachRemaining(requests::add);
        return requests;
    }

    private static Traffic traffic(String share, int fromSeconds) {
        return new Traffic(
                Path.of("trace.csv"),
                Duration.ofSeconds(fromSeconds),
                Optional.empty(),
                1,
                Share.ALL,
                Optional.empty(),
                Deadlines.CALLER,
                Duration.ZERO,
                Share.parse(share),
                true,
                Load.AS_RECORDED);
    }
}
