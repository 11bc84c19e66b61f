package dev.changeover.toxics.catalog;

import java.util.List;
import java.util.Optional;

/// Every named fault, in one visible place.
///
/// A change of address that clients do not notice (DNS) is not among them: a target is reached by its address.
public final class Catalog {

    private static final List<FaultGroup> GROUPS = List.of(
            new FaultGroup("Connections fail", ConnectionFaults.ALL),
            new FaultGroup("Answers come late", SlowFaults.ALL),
            new FaultGroup("Requests are refused", RefusalFaults.ALL),
            new FaultGroup("Answers are no good", AnswerFaults.ALL));

    private static final List<CatalogFault> FAULTS =
            GROUPS.stream().flatMap(group -> group.faults().stream()).toList();

    private Catalog() {}

    /// By kind, in the order that a person should read them.
    public static List<FaultGroup> groups() {
        return GROUPS;
    }

    /// Those of all groups.
    public static List<CatalogFault> all() {
        return FAULTS;
    }

    /// The fault of exactly that name.
    public static Optional<CatalogFault> find(String name) {
        return FAULTS.stream().filter(f -> f.name().equals(name)).findFirst();
    }
}
