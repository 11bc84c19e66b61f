package dev.changeover.harness.provider;

import dev.changeover.toxics.http.HttpFault;
import java.util.List;
import java.util.Optional;

/// All that strikes one call.
///
/// A connection at fault leaves no room for anything else. A provider that is late for several reasons is late by all
/// of them, one after the other; then it answers something else, the first that is in force, or its good answer goes
/// through all that strike within, in the order in which they were put in force.
record Strikes(
        Optional<Strike<HttpFault.Unanswered>> unanswered,
        List<Strike<HttpFault.Late>> late,
        Optional<Strike<HttpFault.Instead>> instead,
        List<Strike<HttpFault.Within>> within) {

    static final Strikes NONE = new Strikes(Optional.empty(), List.of(), Optional.empty(), List.of());

    static Strikes unanswered(Strike<HttpFault.Unanswered> strike) {
        return new Strikes(Optional.of(strike), List.of(), Optional.empty(), List.of());
    }
}
