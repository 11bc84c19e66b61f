package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Direction;
import dev.changeover.toxics.toxic.Toxic;

/// A toxic of a proxy: its name, unique over both directions, and the share of the connections that it strikes.
record NamedToxic(String name, Direction direction, Toxic toxic, double toxicity) {

    NamedToxic {
        requireShare(toxicity);
    }

    static double requireShare(double toxicity) {
        if (!(toxicity >= 0 && toxicity <= 1)) {
            throw new IllegalArgumentException("toxicity must be 0 to 1, got " + toxicity);
        }
        return toxicity;
    }
}
