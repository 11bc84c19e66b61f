package dev.changeover.harness.gateway.program;

import dev.changeover.harness.units.Durations;
import java.time.Duration;

/// How a program that was run to its end came to it.
public sealed interface Ended {

    /// By itself.
    record Exited(int code) implements Ended {}

    /// It was still running when its patience was over, and was killed.
    record Hung(Duration patience) implements Ended {}

    /// It could not be started.
    ///
    /// @param why a sentence that names the program
    record NotStarted(String why) implements Ended {}

    /// A sentence's end: `exited with code 3`.
    default String text() {
        return switch (this) {
            case Exited exited -> "exited with code " + exited.code();
            case Hung hung -> "was still running after %s, and was killed".formatted(Durations.write(hung.patience()));
            case NotStarted failed -> failed.why();
        };
    }
}
