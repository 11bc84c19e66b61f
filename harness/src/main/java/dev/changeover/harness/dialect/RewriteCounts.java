package dev.changeover.harness.dialect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/// How often each rule applied. Not for several threads.
public final class RewriteCounts {

    private final Map<Rule, Long> times = new LinkedHashMap<>();
    private long requests;

    public void add(Rewritten rewritten) {
        requests++;
        rewritten.applied().forEach(rule -> times.merge(rule, 1L, Long::sum));
    }

    /// One for each rule that applied: `new (gemini): 'seed' in 12 of 40 requests is dropped: refused by name
    /// (reported)`.
    ///
    /// @param who it was for
    /// @param what was counted: `requests`
    public List<String> sentences(String who, String what) {
        return each((rule, count) -> String.format(
                Locale.ROOT,
                "%s: %s in %,d of %,d %s %s: %s (%s)",
                who,
                rule.subject(),
                count,
                requests,
                what,
                rule.treatment().words(),
                rule.why(),
                rule.evidence().word()));
    }

    /// The same where requests are not written anew here.
    ///
    /// @param then what follows for whoever writes them
    public List<String> sentencesForOthers(String who, String then) {
        return each((rule, count) -> String.format(
                Locale.ROOT,
                "%s: %s in %,d of %,d requests: %s (%s); %s",
                who,
                rule.subject(),
                count,
                requests,
                rule.why(),
                rule.evidence().word(),
                then));
    }

    private List<String> each(BiFunction<Rule, Long, String> sentence) {
        return times.entrySet().stream()
                .map(entry -> sentence.apply(entry.getKey(), entry.getValue()))
                .toList();
    }
}
