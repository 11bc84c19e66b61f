package dev.changeover.harness.trace;

/// Changeover's own format, as `docs/trace-format.md` describes it.
final class CanonicalImporter implements Importer {

    @Override
    public String name() {
        return "changeover";
    }

    @Override
    public String about() {
        return "Changeover's own: JSON lines after a first line {\"" + CanonicalHeader.KEY
                + "\": 1}, as import writes it.";
    }

    @Override
    public boolean fits(String start) {
        int lineEnd = start.indexOf('\n');
        return start.substring(0, lineEnd < 0 ? start.length() : lineEnd).contains('"' + CanonicalHeader.KEY + '"');
    }

    @Override
    public TraceReader open(TraceFile file) {
        Lines lines = new Lines(file);
        try {
            return new CanonicalReader(lines);
        } catch (RuntimeException e) {
            lines.close();
            throw e;
        }
    }
}
