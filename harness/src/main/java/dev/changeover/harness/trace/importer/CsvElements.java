package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The records of a CSV file, as objects of texts.
final class CsvElements implements Elements {

    private final Csv csv;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private ObjectNode element = JsonNodeFactory.instance.objectNode();

    /// @param names of the columns that are read; some may be missing
    CsvElements(TraceFile file, List<String> names) {
        this.csv = new Csv(file);
        names.forEach(name -> csv.findColumn(name).ifPresent(column -> columns.put(name, column)));
    }

    @Override
    public boolean next() {
        if (!csv.next()) {
            return false;
        }
        element = JsonNodeFactory.instance.objectNode();
        columns.forEach((name, column) -> csv.text(column).ifPresent(text -> element.put(name, text)));
        return true;
    }

    @Override
    public JsonNode element() {
        return element;
    }

    @Override
    public ObjectNode around() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public TraceException problem(String what, String remedy) {
        return csv.problem(what, remedy);
    }

    @Override
    public void close() {
        csv.close();
    }
}
