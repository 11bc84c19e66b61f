package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The rows of a recording that cannot be replayed, counted by reason; or the refusal of the first of them.
public final class LeftOut {

    private static final int MOST_REASONS = 100;
    private static final String OTHER = "other reasons";

    private final boolean refuses;
    private final Map<String, Reason> reasons = new LinkedHashMap<>();

    /// @param why what they are or lack, "no chat completion" for example
    /// @param first where the first of them is: `file.jsonl:4`, or the file alone where it is all of it
    public record Reason(String why, long rows, String first) {

        private Reason another() {
            return new Reason(why, rows + 1, first);
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
        String kept = reasons.size() < MOST_REASONS || reasons.containsKey(why) ? why : OTHER;
        reasons.merge(kept, new Reason(kept, 1, problem.place()), (before, _) -> before.another());
    }

    /// In the order in which they were first met.
    public List<Reason> reasons() {
        return List.copyOf(reasons.values());
    }

    public long rows() {
        return reasons.values().stream().mapToLong(Reason::rows).sum();
    }

    /// What would let some of them in, for people.
    public Optional<String> remedy() {
        return reasons.containsKey(Reading.NO_TIME)
                ? Optional.of("to give every row a time of arrival, " + Reading.WITH_A_RATE)
                : Optional.empty();
    }

    /// For people: `3 rows, no chat completion (the first: chat.jsonl:4); 1 row, no time (chat.jsonl:9)`; empty for
    /// none.
    public String text() {
        return reasons.values().stream()
                .map(reason -> reason.rows() == 1
                        ? "1 row, %s (%s)".formatted(reason.why(), reason.first())
                        : "%,d rows, %s (the first: %s)".formatted(reason.rows(), reason.why(), reason.first()))
                .collect(Collectors.joining("; "));
    }
}
