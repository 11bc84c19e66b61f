package dev.changeover.harness.scenario;

import static dev.changeover.harness.scenario.Keys.maybe;
import static dev.changeover.harness.scenario.Keys.needed;
import static dev.changeover.harness.scenario.Keys.words;
import static dev.changeover.harness.scenario.Scalars.RELATIVE;
import static dev.changeover.harness.scenario.Scalars.TEXT;

import dev.changeover.harness.scenario.Shape.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Every key of a claim. It is decided in one of three ways, by the key that is there.
final class ClaimFormat {

    static final List<String> WAYS = List.of("metric", "compute", "untestable");

    static final Table CLAIM = new Table(List.of(
            needed("says", TEXT, "the statement, as it was made"),
            maybe("metric", metrics(), "measured: the metric that it is about"),
            maybe(
                    "of",
                    words(
                            Map.entry("new", Claim.Whose.NEW),
                            Map.entry("old", Claim.Whose.OLD),
                            Map.entry("gateway", Claim.Whose.GATEWAY)),
                    "measured: whose metric; else the new provider's"),
            maybe("max", Scalars.LIMIT, "measured: the most that it may be, in the metric's unit"),
            maybe("min", Scalars.LIMIT, "measured: the least that it may be, in the metric's unit"),
            maybe("compute", TEXT, "arithmetic: an expression like 10M * new.output / 1M"),
            maybe("equals", Scalars.CLAIMED, "arithmetic: the value that the statement gives"),
            maybe("at_most", Scalars.CLAIMED, "arithmetic: it is no more than this"),
            maybe("at_least", Scalars.CLAIMED, "arithmetic: it is no less than this"),
            maybe("within", RELATIVE, "arithmetic: how far equals may be off; else not at all"),
            maybe("unit", TEXT, "arithmetic: of the value, for people"),
            maybe("untestable", TEXT, "why it is not decided here")));

    private ClaimFormat() {}

    private static Shape.Word metrics() {
        SequencedMap<String, Object> words = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            words.put(metric.word(), metric);
        }
        return new Shape.Word(words);
    }
}
