package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The rows of a recording that cannot be replayed, counted by reason; or the refusal of the first of them.
public final class LeftOut {

    private static final int MOST_REASONS = 100;
    private static final String OTHER = "other reasons";

    private final boolean refuses;
    private final Map<String, Reason> reasons = new LinkedHashMap<>();

    /// @param why what they are or lack, "no chat completion" for example
    /// @param firstLine of the recording, from 1
    public record Reason(String why, long rows, long firstLine) {

        private Reason another() {
            return new Reason(why, rows + 1, firstLine);
        }
    }

    private LeftOut(boolean refuses) {
        this.refuses = refuses;
    }

    public static LeftOut counting() {
        return new LeftOut(false);
    }

    /// One that lets nothing be left out: the first such row is an error.
    public static LeftOut refusing() {
        return new LeftOut(true);
    }

    /// Counts a row, and goes on.
    ///
    /// @param why groups rows: a few words as in [Reason]
    /// @param problem says the same of this row; thrown when nothing may be left out
    public void row(String why, TraceException problem) {
        if (refuses) {
            throw problem;
        }
        long line = problem.line();
        String kept = reasons.size() < MOST_REASONS || reasons.containsKey(why) ? why : OTHER;
        reasons.merge(kept, new Reason(kept, 1, line), (before, _) -> before.another());
    }

    /// In the order in which they were first met.
    public List<Reason> reasons() {
        return List.copyOf(reasons.values());
    }

    public long rows() {
        return reasons.values().stream().mapToLong(Reason::rows).sum();
    }

    /// For people: `3 rows, no chat completion (the first in line 4); 1 row, no time (in line 9)`; empty for none.
    public String text() {
        return reasons.values().stream()
                .map(reason -> reason.rows() == 1
                        ? "1 row, %s (in line %d)".formatted(reason.why(), reason.firstLine())
                        : "%,d rows, %s (the first in line %d)"
                                .formatted(reason.rows(), reason.why(), reason.firstLine()))
                .collect(Collectors.joining("; "));
    }
}
