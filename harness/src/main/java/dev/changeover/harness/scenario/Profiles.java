package dev.changeover.harness.scenario;

import dev.changeover.harness.scenario.SimulatedProfile.Limits;
import dev.changeover.harness.units.Share;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;

/// The named profiles of simulated providers; every number can be overridden in a scenario.
public final class Profiles {

    private static final SequencedMap<String, SimulatedProfile> ALL = all();

    private Profiles() {}

    /// By name: `steady`, `fast`, `slow` and `instant`.
    public static SequencedMap<String, SimulatedProfile> byName() {
        return ALL;
    }

    private static SequencedMap<String, SimulatedProfile> all() {
        SequencedMap<String, SimulatedProfile> profiles = new LinkedHashMap<>();
        profiles.put("steady", profile(420, 650, 45, 0.1));
        profiles.put("fast", profile(180, 320, 120, 0.1));
        profiles.put("slow", profile(1200, 3000, 25, 0.2));
        profiles.put("instant", profile(2, 5, 5000, 0));
        return Collections.unmodifiableSequencedMap(profiles);
    }

    private static SimulatedProfile profile(long p50Millis, long p99Millis, double tokensPerSecond, double jitter) {
        return new SimulatedProfile(
                Duration.ofMillis(p50Millis),
                Duration.ofMillis(p99Millis),
                tokensPerSecond,
                jitter,
                Share.NONE,
                Set.of(),
                "",
                Limits.NONE);
    }
}
