package dev.changeover.harness.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ColumnTest {

    @Test
    void wholeMicrosecondsComeBack() {
        keeps(LongStream.range(0, 5_000).map(i -> (i * 7919 - 3_000_000) * 1000).toArray());
    }

    @Test
    void singleNanosecondsComeBack() {
        keeps(LongStream.range(0, 5_000).map(i -> i * i * 31 - 5).toArray());
    }

    @Test
    void absentOnesComeBackAbsent() {
        keeps(LongStream.range(0, 5_000)
                .map(i -> i % 3 == 0 ? Column.ABSENT : i)
                .toArray());
        keeps(LongStream.range(0, 5_000)
                .map(i -> i % 3 == 0 ? Column.ABSENT : 200)
                .toArray());
        keeps(LongStream.range(0, 5_000).map(_ -> Column.ABSENT).toArray());
    }

    @Test
    void everyWidthHoldsItsFarthest() {
        for (long farthest : new long[] {0, 1, 254, 255, 65_534, 65_535, 0xFFFF_FFFEL, 0xFFFF_FFFFL, Long.MAX_VALUE}) {
            keeps(LongStream.range(0, 2_048)
                    .map(i -> i == 7 ? farthest : i == 8 ? Column.ABSENT : 0)
                    .toArray());
        }
    }

    @Test
    void extremesComeBack() {
        keeps(LongStream.range(0, 2_048)
                .map(i -> i % 2 == 0 ? Long.MAX_VALUE : Long.MIN_VALUE + 1)
                .toArray());
    }

    private static void keeps(long[] values) {
        Column column = new Column();
        for (long value : values) {
            column.add(value);
        }
        assertThat(LongStream.range(0, column.size())
                        .map(i -> column.get((int) i))
                        .toArray())
                .isEqualTo(values);
    }
}
