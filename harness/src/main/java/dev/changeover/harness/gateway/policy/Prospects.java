package dev.changeover.harness.gateway.policy;

import dev.changeover.harness.units.Arm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// What one request knows of its candidates: which of them can still answer it, and from when.
final class Prospects {

    private final List<Candidate> hopeful;
    private final Breakers breakers;
    private final HealthBook health;
    private final Map<Arm, Long> notBefore = new EnumMap<>(Arm.class);

    Prospects(List<Candidate> candidates, Breakers breakers, HealthBook health) {
        this.hopeful = new ArrayList<>(candidates);
        this.breakers = breakers;
        this.health = health;
    }

    /// They have given an answer that repeating cannot change.
    void ruleOut(Predicate<Candidate> hopeless) {
        hopeful.removeIf(hopeless);
    }

    /// A provider asked to be left alone until then.
    void leaveAlone(Arm arm, long untilNanos) {
        notBefore.put(arm, untilNanos);
    }

    /// Those not ruled out, in their order.
    List<Candidate> hopeful() {
        return hopeful;
    }

    /// When a provider may be called, as far as it asked for.
    long notBefore(Arm arm) {
        return notBefore.getOrDefault(arm, Long.MIN_VALUE);
    }

    /// Those whose breaker admits them at a time and, while any of these looks healthy, that do not look
    /// ill.
    ///
    /// @param considered which of the hopeful
    List<Candidate> open(long atNanos, Predicate<Candidate> considered) {
        List<Candidate> admitted = hopeful.stream()
                .filter(considered)
                .filter(candidate -> breakers.admits(candidate.arm(), atNanos))
                .toList();
        List<Arm> usable =
                health.usable(admitted.stream().map(Candidate::arm).distinct().toList());
        return admitted.stream()
                .filter(candidate -> usable.contains(candidate.arm()))
                .toList();
    }

    /// When a call could make sense again, as far as is known.
    OptionalLong comeBackNanos(long nowNanos) {
        return hopeful.stream()
                .map(Candidate::arm)
                .mapToLong(arm -> Math.max(notBefore(arm), breakers.admitsFromNanos(arm, nowNanos)))
                .min();
    }
}
