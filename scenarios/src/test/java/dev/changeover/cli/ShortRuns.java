package dev.changeover.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Library scenarios cut down to a few seconds: what they show does not depend on their length, only how sure it is.
final class ShortRuns {

    private ShortRuns() {}

    /// Words of a command that runs the scenario for ten seconds, with any more words at the end.
    static Object[] of(String scenario, Path out, Object... more) {
        List<Object> words = new ArrayList<>(List.of(
                "run", scenario, "--out", out, "--set", "traffic.window.length=100s", "--set", "traffic.warm_up=1s"));
        words.addAll(Arrays.asList(more));
        return words.toArray();
    }
}
