package dev.changeover.toxics.toxic;

import java.time.Duration;

/// One Toxiproxy toxic: its settings. What it does to bytes lives in the server.
public sealed interface Toxic {

    /// The name of its type on the wire, `latency` for example.
    String type();

    /// Delays each chunk by `added`, give or take up to `jitter`, keeping their order.
    record Latency(Duration added, Duration jitter) implements Toxic {
        public Latency {
            requireNotNegative("latency", added);
            requireNotNegative("jitter", jitter);
        }

        @Override
        public String type() {
            return "latency";
        }
    }

    /// Drops all data; closes the connection after `after`, or never when that is zero.
    record Timeout(Duration after) implements Toxic {
        public Timeout {
            requireNotNegative("timeout", after);
        }

        @Override
        public String type() {
            return "timeout";
        }
    }

    /// Closes the connection with a TCP reset, `after` the first data or end of stream.
    record ResetPeer(Duration after) implements Toxic {
        public ResetPeer {
            requireNotNegative("timeout", after);
        }

        @Override
        public String type() {
            return "reset_peer";
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("%s must be >= 0, got %s".formatted(name, value));
        }
    }
}
