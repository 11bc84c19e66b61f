package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import java.util.Iterator;
import java.util.List;

/// A trace that had to be held in memory.
final class ListedRequests implements TraceReader {

    private final Iterator<TraceRequest> requests;

    ListedRequests(List<TraceRequest> requests) {
        this.requests = requests.iterator();
    }

    @Override
    public boolean hasNext() {
        return requests.hasNext();
    }

    @Override
    public TraceRequest next() {
        return requests.next();
    }

    @Override
    public void close() {
        // Nothing is open any more.
    }
}
