package dev.changeover.toxics.catalog;

import java.util.List;

/// Faults of one kind, under a title that a person reads.
public record FaultGroup(String title, List<CatalogFault> faults) {
    public FaultGroup {
        faults = List.copyOf(faults);
    }
}
