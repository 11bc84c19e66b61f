package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceRequest;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/// The rows of several sources, each opened when those before it have been read to their end.
final class ChainedRows<S> implements Rows {

    private final Iterator<S> sources;
    private final Function<S, Rows> opening;
    private Rows rows;

    private ChainedRows(Iterator<S> sources, Function<S, Rows> opening) {
        this.sources = sources;
        this.opening = opening;
        this.rows = opening.apply(sources.next());
    }

    /// @param sources one at least
    static <S> Rows of(List<S> sources, Function<S, Rows> opening) {
        return sources.size() == 1 ? opening.apply(sources.getFirst()) : new ChainedRows<>(sources.iterator(), opening);
    }

    @Override
    public boolean next() {
        while (!rows.next()) {
            if (!sources.hasNext()) {
                return false;
            }
            rows.close();
            rows = opening.apply(sources.next());
        }
        return true;
    }

    @Override
    public long nanos() {
        return rows.nanos();
    }

    @Override
    public TraceRequest request(long atNanos) {
        return rows.request(atNanos);
    }

    @Override
    public TraceException problem(String what, String remedy) {
        return rows.problem(what, remedy);
    }

    @Override
    public void close() {
        rows.close();
    }
}
