package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// Holds what clients took for answers against what providers answered. An answer with no call of its own
/// may come from a cache, if the same question was answered before; else it is an error dressed as an
/// answer, or somebody else's.
final class AnswerCheck {

    /// The tap writes down that a call ended a moment after its client got the last byte.
    private static final long GRACE_NANOS = 1_000_000_000L;

    enum Source {
        PROVIDER,
        CACHE,
        NOWHERE,
        /// The history does not hold the question.
        UNKNOWN
    }

    private final Join join;
    private final Map<Long, Long> answeredNanos = new HashMap<>();

    AnswerCheck(History history, Join join) {
        this.join = join;
        for (Event.UpstreamCall call : history.ledger()) {
            if (call.outcome().isServed() && call.question().isPresent()) {
                answeredNanos.merge(call.question().getAsLong(), call.timing().doneNanos(), Math::min);
            }
        }
    }

    /// Where a served request's answer came from.
    Source source(int i) {
        for (int ordinal = 0; ordinal < join.callCount(i); ordinal++) {
            if (join.call(i, ordinal).outcome().isServed()) {
                return Source.PROVIDER;
            }
        }
        OptionalLong question = join.request(i).question();
        if (question.isEmpty()) {
            return Source.UNKNOWN;
        }
        Long answered = answeredNanos.get(question.getAsLong());
        return answered != null && answered <= join.request(i).timing().doneNanos() + GRACE_NANOS
                ? Source.CACHE
                : Source.NOWHERE;
    }

    AnswerSummary summary() {
        long looked = 0;
        long misanswered = 0;
        long cached = 0;
        boolean known = true;
        int first = -1;
        for (int i = 0; i < join.size(); i++) {
            if (!join.request(i).outcome().isServed()) {
                continue;
            }
            looked++;
            switch (source(i)) {
                case PROVIDER -> {}
                case CACHE -> cached++;
                case UNKNOWN -> known = false;
                case NOWHERE -> {
                    misanswered++;
                    first = first < 0 ? i : first;
                }
            }
        }
        return new AnswerSummary(looked, misanswered, cached, known, first < 0 ? "" : clause(first));
    }

    private String clause(int i) {
        Event.Request request = join.request(i);
        return String.format(
                Locale.ROOT,
                "request %d, due at %.1f s, %s",
                request.id().number(),
                request.timing().dueNanos() / 1e9,
                join.callCount(i) == 0
                        ? "was answered with no call to a provider"
                        : "was answered although every call for it failed");
    }
}
