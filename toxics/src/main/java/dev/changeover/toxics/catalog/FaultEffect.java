package dev.changeover.toxics.catalog;

import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.Selection;
import dev.changeover.toxics.toxic.Direction;
import dev.changeover.toxics.toxic.Toxic;
import java.util.List;
import java.util.Optional;

/// What a fault does to its target while it is in force.
///
/// @param refused whether the target's port refuses connections
/// @param toxics at the TCP level, in the order added
/// @param http at the HTTP level
public record FaultEffect(boolean refused, List<PlacedToxic> toxics, Optional<StruckBy> http) {

    public FaultEffect {
        toxics = List.copyOf(toxics);
    }

    public static FaultEffect refusing() {
        return new FaultEffect(true, List.of(), Optional.empty());
    }

    public static FaultEffect ofToxics(PlacedToxic... toxics) {
        return new FaultEffect(false, List.of(toxics), Optional.empty());
    }

    public static FaultEffect ofHttp(HttpFault fault, Selection selection) {
        return new FaultEffect(false, List.of(), Optional.of(new StruckBy(fault, selection)));
    }

    /// A toxic on one half of the connection, for a share of the connections.
    public record PlacedToxic(Toxic toxic, Direction direction, double toxicity) {
        public PlacedToxic {
            if (!(toxicity >= 0 && toxicity <= 1)) {
                throw new IllegalArgumentException("toxicity must be 0 to 1, got " + toxicity);
            }
        }
    }

    /// An HTTP fault and the requests that it strikes.
    public record StruckBy(HttpFault fault, Selection selection) {}
}
