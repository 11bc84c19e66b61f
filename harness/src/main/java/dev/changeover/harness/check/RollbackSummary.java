package dev.changeover.harness.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// How the way back to the old provider went.
///
/// @param triggeredMillis since t0
/// @param by what it was triggered, in its own words
/// @param planned whether the scenario asked for it at a given time
/// @param traffic when all traffic was back, and
/// @param health the health page green, and
/// @param configuration the files what they were; the latter two are asked only where the scenario does
/// @param script what it said of itself; empty: ours, by weight
/// @param scriptWasTrue whether its success was: everything asked held in time; empty: it claimed none
/// @param stragglers calls that reached the new provider for requests due after the trigger
/// @param streamsCut streams in flight at the trigger that ended without an answer
/// @param lost of the requests in flight at or due after the trigger, until it was complete
/// @param duplicated of the same, answered by two calls or more
/// @param differs files that are not byte for byte what they were
public record RollbackSummary(
        double triggeredMillis,
        String by,
        boolean planned,
        Condition traffic,
        Condition health,
        Condition configuration,
        Optional<Script> script,
        Optional<Boolean> scriptWasTrue,
        long stragglers,
        long streamsCut,
        long lost,
        long duplicated,
        List<String> differs) {

    public RollbackSummary {
        differs = List.copyOf(differs);
    }

    /// @param said `succeeded`, `failed` or `hung`; empty: the run ended first
    /// @param tookMillis until it said so
    public record Script(String said, String detail, OptionalDouble tookMillis) {}

    /// Something that must be so afterwards.
    ///
    /// @param asked whether the scenario asks for it
    /// @param afterMillis from the trigger until it was so for good; empty: never
    /// @param known false when nobody looked
    /// @param evidence as a clause
    public record Condition(boolean asked, boolean known, OptionalDouble afterMillis, String evidence) {

        public boolean broken() {
            return asked && known && afterMillis.isEmpty();
        }
    }

    public List<Condition> conditions() {
        return List.of(traffic, health, configuration);
    }

    /// From the trigger until everything asked was so; empty: never, or nobody looked.
    public OptionalDouble afterMillis() {
        boolean all = conditions().stream()
                .filter(Condition::asked)
                .allMatch(c -> c.afterMillis().isPresent());
        return all
                ? conditions().stream()
                        .filter(Condition::asked)
                        .mapToDouble(c -> c.afterMillis().getAsDouble())
                        .max()
                : OptionalDouble.empty();
    }

    /// Since t0.
    public OptionalDouble completedMillis() {
        OptionalDouble after = afterMillis();
        return after.isEmpty() ? after : OptionalDouble.of(triggeredMillis + after.getAsDouble());
    }
}
