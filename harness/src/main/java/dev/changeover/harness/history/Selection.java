package dev.changeover.harness.history;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/// Some rows of a list, or all in another order: a view that holds their positions, four bytes each.
public final class Selection<E> extends AbstractList<E> implements RandomAccess {

    private final List<E> rows;
    private final int[] positions;

    private Selection(List<E> rows, int[] positions) {
        this.rows = rows;
        this.positions = positions;
    }

    public static <E> List<E> where(List<E> rows, Predicate<? super E> wanted) {
        return new Selection<>(
                rows,
                IntStream.range(0, rows.size())
                        .filter(i -> wanted.test(rows.get(i)))
                        .toArray());
    }

    /// Sorted; rows of the same key stay in their order, and a list that is sorted already is given back.
    public static <E> List<E> by(List<E> rows, ToLongFunction<? super E> key) {
        long[] keys = new long[rows.size()];
        boolean sorted = true;
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key.applyAsLong(rows.get(i));
            sorted &= i == 0 || keys[i - 1] <= keys[i];
        }
        if (sorted) {
            return rows;
        }
        return new Selection<>(
                rows,
                IntStream.range(0, keys.length)
                        .boxed()
                        .sorted(Comparator.comparingLong(i -> keys[i]))
                        .mapToInt(Integer::intValue)
                        .toArray());
    }

    public static <E> List<E> at(List<E> rows, int[] positions, int count) {
        return new Selection<>(rows, Arrays.copyOf(positions, count));
    }

    @Override
    public int size() {
        return positions.length;
    }

    @Override
    public E get(int i) {
        return rows.get(positions[i]);
    }
}
