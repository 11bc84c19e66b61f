package dev.changeover.toxics.catalog;

import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.Selection;
import dev.changeover.toxics.toxic.Direction;
import dev.changeover.toxics.toxic.Toxic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a fault does to its target while it is in force.
///
/// @param refused whether the target's port refuses connections
/// @param toxics at the TCP level, in the order added
/// @param http at the HTTP level
/// @param pulse when it comes and goes; else it stays
public record FaultEffect(boolean refused, List<PlacedToxic> toxics, Optional<StruckBy> http, Optional<Pulse> pulse) {

    public FaultEffect {
        toxics = List.copyOf(toxics);
    }

    public static FaultEffect refusing() {
        return new FaultEffect(true, List.of(), Optional.empty(), Optional.empty());
    }

    public static FaultEffect ofToxics(PlacedToxic... toxics) {
        return new FaultEffect(false, List.of(toxics), Optional.empty(), Optional.empty());
    }

    public static FaultEffect ofHttp(HttpFault fault, Selection selection) {
        return new FaultEffect(false, List.of(), Optional.of(new StruckBy(fault, selection)), Optional.empty());
    }

    /// Whether no request gets past it: the provider is refused, or hears nothing.
    public boolean isDark() {
        return refused
                || toxics.stream()
                        .anyMatch(placed -> placed.toxic() instanceof Toxic.Timeout
                                && placed.direction() == Direction.UPSTREAM
                                && placed.toxicity() == 1);
    }

    /// The same, coming and going.
    public FaultEffect pulsing(Pulse by) {
        return new FaultEffect(refused, toxics, http, Optional.of(by));
    }

    /// A toxic on one half of the connection, for a share of the connections.
    public record PlacedToxic(Toxic toxic, Direction direction, double toxicity) {
        public PlacedToxic {
            if (!(toxicity >= 0 && toxicity <= 1)) {
                throw new IllegalArgumentException("toxicity must be 0 to 1, got " + toxicity);
            }
        }
    }

    /// An HTTP fault and the calls that it strikes.
    public record StruckBy(HttpFault fault, Selection selection) {}

    /// In turns: there for `on`, away for `off`, by the wall clock, for as long as the fault is in force.
    public record Pulse(Duration on, Duration off) {
        public Pulse {
            requireTenth("down", on);
            requireTenth("up", off);
        }

        private static void requireTenth(String name, Duration value) {
            if (value.toMillis() < 100 || value.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException(
                        "%s must be 100 ms to a day, got %d ms".formatted(name, value.toMillis()));
            }
        }
    }
}
