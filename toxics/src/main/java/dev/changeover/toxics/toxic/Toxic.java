package dev.changeover.toxics.toxic;

import java.math.BigDecimal;
import java.time.Duration;

/// One Toxiproxy toxic: its settings. What it does to bytes lives in the server.
///
/// Durations are whole milliseconds, at most a year; others are refused with an `IllegalArgumentException`.
public sealed interface Toxic {

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

    private static void requireMillis(String name, Duration value) {
        if (value.isNegative() || value.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("%s must be 0 to 365 days, got %s s".formatted(name, seconds(value)));
        }
        if (value.toNanos() % 1_000_000 != 0) {
            throw new IllegalArgumentException(
                    "%s must be whole milliseconds, got %s s".formatted(name, seconds(value)));
        }
    }

    private static String seconds(Duration value) {
        return BigDecimal.valueOf(value.getSeconds())
                .add(BigDecimal.valueOf(value.getNano(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }
}
