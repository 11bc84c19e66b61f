package dev.changeover.harness.replay;

import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import java.util.List;

/// A trace that a test made up.
final class FakeTrace implements TraceReader {

    private final List<TraceRequest> requests;
    private int read;

    FakeTrace(List<TraceRequest> requests) {
        this.requests = requests;
    }

    int left() {
        return requests.size() - read;
    }

    @Override
    public boolean hasNext() {
        return read < requests.size();
    }

    @Override
    public TraceRequest next() {
        return requests.get(read++);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
