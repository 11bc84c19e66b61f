package dev.changeover.harness.scenario;

import java.time.Duration;

/// How long to wait at each stage of a call, in wall time.
///
/// @param connect for the connection
/// @param firstToken from sending the request to the first content; to the whole answer where it does not stream
/// @param idle between chunks of a stream
/// @param total for everything
public record Deadlines(Duration connect, Duration firstToken, Duration idle, Duration total) {

    /// The caller's patience where a scenario does not say.
    public static final Deadlines CALLER = new Deadlines(
            Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(60));

    /// The gateway's where a scenario does not say.
    public static final Deadlines GATEWAY =
            new Deadlines(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(60));

    public Deadlines {
        requirePositive("connect", connect);
        requirePositive("first_token", firstToken);
        requirePositive("idle", idle);
        requirePositive("total", total);
        if (total.compareTo(firstToken) < 0) {
            throw new IllegalArgumentException("total (%s) must be >= first_token (%s)".formatted(total, firstToken));
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("%s must be > 0, got %s".formatted(name, value));
        }
    }
}
