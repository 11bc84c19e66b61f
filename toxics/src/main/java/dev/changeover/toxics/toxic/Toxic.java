package dev.changeover.toxics.toxic;

import java.math.BigDecimal;
import java.time.Duration;

/// One Toxiproxy toxic: its settings. What it does to bytes lives in the server.
///
/// Durations are whole milliseconds unless said otherwise, at most a year; others are refused with an
/// `IllegalArgumentException`.
public sealed interface Toxic {

    /// A terabyte a second, in KB/s: more than any wire here carries.
    long MAX_RATE = 1_000_000_000;

    /// The name of its type on the wire, `latency` for example.
    String type();

    /// Delays each chunk by `added`, give or take up to `jitter`, keeping their order.
    record Latency(Duration added, Duration jitter) implements Toxic {
        public Latency {
            requireMillis("latency", added);
            requireMillis("jitter", jitter);
        }

        @Override
        public String type() {
            return "latency";
        }
    }

    /// Drops all data; closes the connection after `after`, or never when that is zero.
    record Timeout(Duration after) implements Toxic {
        public Timeout {
            requireMillis("timeout", after);
        }

        @Override
        public String type() {
            return "timeout";
        }
    }

    /// Closes the connection with a TCP reset, `after` the first data or end of stream.
    record ResetPeer(Duration after) implements Toxic {
        public ResetPeer {
            requireMillis("timeout", after);
        }

        @Override
        public String type() {
            return "reset_peer";
        }
    }

    /// Delays the end of stream by `delay`; data passes.
    record SlowClose(Duration delay) implements Toxic {
        public SlowClose {
            requireMillis("delay", delay);
        }

        @Override
        public String type() {
            return "slow_close";
        }
    }

    /// Passes `bytes` of a connection, cuts what follows, and closes it; 0 closes at the first data.
    record LimitData(long bytes) implements Toxic {
        public LimitData {
            if (bytes < 0) {
                throw new IllegalArgumentException("bytes must be >= 0, got " + bytes);
            }
        }

        @Override
        public String type() {
            return "limit_data";
        }
    }

    /// Passes at most `kilobytesPerSecond` (of 1,000 bytes) a second of each connection; 0 passes nothing.
    record Bandwidth(long kilobytesPerSecond) implements Toxic {
        public Bandwidth {
            if (kilobytesPerSecond < 0 || kilobytesPerSecond > MAX_RATE) {
                throw new IllegalArgumentException(
                        "rate must be 0 to %d KB/s, got %d".formatted(MAX_RATE, kilobytesPerSecond));
            }
        }

        @Override
        public String type() {
            return "bandwidth";
        }
    }

    /// Cuts chunks into slices of `averageSize` bytes, give or take `sizeVariation`, with a pause after each.
    ///
    /// @param averageSize 1 or more; 0 leaves chunks whole
    /// @param sizeVariation less than `averageSize`, or 0
    /// @param delay whole microseconds
    record Slicer(long averageSize, long sizeVariation, Duration delay) implements Toxic {
        public Slicer {
            if (averageSize < 0 || averageSize > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "average_size must be 0 to %d bytes, got %d".formatted(Integer.MAX_VALUE, averageSize));
            }
            if (sizeVariation < 0 || sizeVariation > 0 && sizeVariation >= averageSize) {
                throw new IllegalArgumentException("size_variation must be >= 0 and below average_size (%d), got %d"
                        .formatted(averageSize, sizeVariation));
            }
            requireRange("delay", delay);
            if (delay.toNanos() % 1_000 != 0) {
                throw new IllegalArgumentException(
                        "delay must be whole microseconds, got %s s".formatted(seconds(delay)));
            }
        }

        @Override
        public String type() {
            return "slicer";
        }
    }

    /// Does nothing.
    record Noop() implements Toxic {
        @Override
        public String type() {
            return "noop";
        }
    }

    private static void requireMillis(String name, Duration value) {
        requireRange(name, value);
        if (value.toNanos() % 1_000_000 != 0) {
            throw new IllegalArgumentException(
                    "%s must be whole milliseconds, got %s s".formatted(name, seconds(value)));
        }
    }

    private static void requireRange(String name, Duration value) {
        if (value.isNegative() || value.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("%s must be 0 to 365 days, got %s s".formatted(name, seconds(value)));
        }
    }

    private static String seconds(Duration value) {
        return BigDecimal.valueOf(value.getSeconds())
                .add(BigDecimal.valueOf(value.getNano(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }
}
