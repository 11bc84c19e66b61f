package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.DistinctHashes;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.units.Hash;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Calls that another call lies within: two instruments, a framework's and its client's, have told of the same one.
/// Replaying both would double the traffic; the inner one is the call that went out.
final class NestedCalls {

    private static final int MOST = 4_000_000;

    private final DistinctHashes outer = new DistinctHashes(MOST);

    private NestedCalls() {}

    /// Looks the files through.
    ///
    /// @param parent of the element at which these stand, if it is a call
    static NestedCalls in(
            List<TraceFile> files, Function<TraceFile, Elements> open, Function<Elements, Optional<String>> parent) {
        NestedCalls nested = new NestedCalls();
        for (TraceFile file : files) {
            try (Elements elements = open.apply(file)) {
                while (elements.next()) {
                    parent.apply(elements).ifPresent(id -> nested.add(id, file));
                }
            }
        }
        return nested;
    }

    private void add(String id, TraceFile file) {
        outer.add(Hash.of(id));
        if (!outer.isComplete()) {
            throw new TraceException(
                    file.path(), 0, "calls lie within more than %,d others".formatted(MOST), "import it in parts");
        }
    }

    /// @throws UnusableRow when a call lies within that of this id
    void requireInnermost(Optional<String> id) throws UnusableRow {
        if (id.isPresent() && outer.contains(Hash.of(id.get()))) {
            throw new UnusableRow("a call that another one within it tells of too");
        }
    }
}
