package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Values of a file, one at a time, from which rows are made.
interface Elements extends AutoCloseable {

    /// Moves to the next element; false at the end of the file.
    ///
    /// @throws TraceException when the file is damaged
    boolean next();

    JsonNode element();

    /// What the document around the element has said of itself so far, its elements apart.
    ObjectNode around();

    /// An error at this element.
    TraceException problem(String what, String remedy);

    @Override
    void close();
}
