package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.trace.PromptBlocks;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SortedRowsTest {

    @Test
    void manyRunsBecomeOneOrder() {
        List<Long> times =
                new ArrayList<>(new Random(7).longs(5_000, 0, 500).boxed().toList());
        List<Integer> inOrder = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            inOrder.add(i);
        }
        inOrder.sort((a, b) -> times.get(a).compareTo(times.get(b)));
        List<Integer> found = new ArrayList<>();
        try (TraceReader sorted = SortedRows.sort(new ListedRows(times), 0, 50_000)) {
            sorted.forEachRemaining(request -> found.add(request.inputTokens().getAsInt()));
        }
        assertThat(found).as("rows of one time stay in their order").isEqualTo(inOrder);
    }

    @Test
    void blocksCountAsMemoryToo() {
        TraceRequest request = TraceRequest.arriving(0)
                .inputTokens(OptionalInt.of(1_000))
                .blocks(Optional.of(new PromptBlocks(1, new long[1_000])))
                .build();
        assertThat(SortedRows.bytesOf(request)).isGreaterThan(8_000);
    }

    /// Each row's input tokens are its place.
    private static final class ListedRows implements Rows {

        private final List<Long> times;
        private int at = -1;

        ListedRows(List<Long> times) {
            this.times = times;
        }

        @Override
        public boolean next() {
            return ++at < times.size();
        }

        @Override
        public long nanos() {
            return times.get(at);
        }

        @Override
        public TraceRequest request(long atNanos) {
            return TraceRequest.ofCounts(atNanos, at, 1);
        }

        @Override
        public TraceException problem(String what, String remedy) {
            throw new AssertionError(what);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
