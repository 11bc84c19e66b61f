package dev.changeover.harness.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A column of whole numbers, some of them absent, appended to and read by position.
///
/// Every 1,024 of them become a block of bytes: how far each lies above the least, in as few bytes as
/// the farthest needs (frame of reference; Zukowski and others 2006, *Super-scalar RAM-CPU cache
/// compression*).
final class Column {

    static final long ABSENT = Long.MIN_VALUE;

    private static final int BITS = 10;
    private static final int SIZE = 1 << BITS;
    private static final int WITHIN = SIZE - 1;

    private final List<Block> blocks = new ArrayList<>();
    private final long[] open = new long[SIZE];
    private int count;

    /// @param value or [#ABSENT]
    void add(long value) {
        open[count & WITHIN] = value;
        count++;
        if ((count & WITHIN) == 0) {
            blocks.add(Block.of(open));
        }
    }

    void add(OptionalLong value) {
        add(value.isPresent() ? value.getAsLong() : ABSENT);
    }

    void add(OptionalInt value) {
        add(value.isPresent() ? value.getAsInt() : ABSENT);
    }

    void add(boolean value) {
        add(value ? 1 : 0);
    }

    int size() {
        return count;
    }

    /// The value, or [#ABSENT].
    long get(int i) {
        int block = i >> BITS;
        return block < blocks.size() ? blocks.get(block).get(i & WITHIN) : open[i & WITHIN];
    }

    boolean flag(int i) {
        return get(i) == 1;
    }

    OptionalLong optional(int i) {
        long value = get(i);
        return value == ABSENT ? OptionalLong.empty() : OptionalLong.of(value);
    }

    OptionalInt optionalInt(int i) {
        long value = get(i);
        return value == ABSENT ? OptionalInt.empty() : OptionalInt.of((int) value);
    }

    /// @param least of those that are not absent
    /// @param unit nanoseconds that come from a file are whole microseconds
    /// @param width bytes of a value: 1, 2 or 4 for 1 + its units above the least, where 0 means absent;
    ///     8 for the value itself; 0 where all are the least
    private record Block(long least, long unit, int width, byte[] bytes) {

        private static final VarHandle SHORTS =
                MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
        private static final VarHandle INTS =
                MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
        private static final VarHandle LONGS =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

        static Block of(long[] values) {
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            int present = 0;
            for (long value : values) {
                if (value != ABSENT) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                    present++;
                }
            }
            if (present == 0) {
                return new Block(ABSENT, 1, 0, new byte[0]);
            }
            long unit = unit(values, least);
            long span = most - least;
            int width = span == 0 && present == values.length ? 0 : span < 0 ? Long.BYTES : width(span / unit);
            Block block = new Block(least, unit, width, new byte[values.length * width]);
            for (int i = 0; width > 0 && i < values.length; i++) {
                block.set(i, values[i]);
            }
            return block;
        }

        private static long unit(long[] values, long least) {
            for (long value : values) {
                if (value != ABSENT && (value - least) % 1000 != 0) {
                    return 1;
                }
            }
            return 1000;
        }

        private static int width(long farthest) {
            return farthest < 0xFF ? 1 : farthest < 0xFFFF ? 2 : farthest < 0xFFFF_FFFFL ? 4 : 8;
        }

        private void set(int i, long value) {
            long code = value == ABSENT ? 0 : (value - least) / unit + 1;
            switch (width) {
                case 1 -> bytes[i] = (byte) code;
                case 2 -> SHORTS.set(bytes, 2 * i, (short) code);
                case 4 -> INTS.set(bytes, 4 * i, (int) code);
                default -> LONGS.set(bytes, 8 * i, value);
            }
        }

        long get(int i) {
            return switch (width) {
                case 0 -> least;
                case 1 -> value(bytes[i] & 0xFF);
                case 2 -> value((short) SHORTS.get(bytes, 2 * i) & 0xFFFF);
                case 4 -> value((int) INTS.get(bytes, 4 * i) & 0xFFFF_FFFFL);
                default -> (long) LONGS.get(bytes, 8 * i);
            };
        }

        private long value(long code) {
            return code == 0 ? ABSENT : least + (code - 1) * unit;
        }
    }
}
