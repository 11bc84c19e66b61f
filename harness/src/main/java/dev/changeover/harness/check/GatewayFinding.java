package dev.changeover.harness.check;

import java.util.List;
import java.util.OptionalDouble;

/// How the gateway under test behaved as a program.
///
/// @param neverReady why it never became ready; empty: it did, or is not ours to start
/// @param diedMillis by itself, since t0; empty: it did not
/// @param died how, in its own words
/// @param leftBehind children that it left, which had to be killed
/// @param healthLooks at its health page
/// @param failingSeconds in which at least half of the requests that ended failed, three or more ended, and
/// the health page was looked at
/// @param greenSeconds those of them in which it answered 200
/// @param firstGreenMillis the first of these, since t0
public record GatewayFinding(
        String neverReady,
        OptionalDouble diedMillis,
        String died,
        List<String> leftBehind,
        long healthLooks,
        long failingSeconds,
        long greenSeconds,
        OptionalDouble firstGreenMillis) {

    static final GatewayFinding NONE =
            new GatewayFinding("", OptionalDouble.empty(), "", List.of(), 0, 0, 0, OptionalDouble.empty());

    public GatewayFinding {
        leftBehind = List.copyOf(leftBehind);
    }

    /// Whether it failed as a program: it never served, or died by itself in the middle.
    public boolean broken() {
        return !neverReady.isEmpty() || diedMillis.isPresent();
    }
}
