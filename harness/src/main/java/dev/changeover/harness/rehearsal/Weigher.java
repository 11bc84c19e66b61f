package dev.changeover.harness.rehearsal;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.WeightCause;
import dev.changeover.harness.history.Event.WeightStep;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.units.Ticker;
import java.io.IOException;
import java.util.Optional;

/// Tells a gateway its weights, and writes down what became of it.
record Weigher(Front front, Ticker clock, EventSink events) {

    /// @return why the gateway would not take it; empty when it is in force
    Optional<String> weigh(Share toNew, WeightCause cause) {
        tell(toNew, WeightStep.ASKED, cause, "");
        try {
            front.weigh(toNew);
            tell(toNew, WeightStep.IN_FORCE, cause, "");
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            String reason =
                    Thread.currentThread().isInterrupted() ? "the run ended before it answered" : e.getMessage();
            tell(toNew, WeightStep.FAILED, cause, String.valueOf(reason));
            return Optional.of(String.valueOf(reason));
        }
    }

    private void tell(Share toNew, WeightStep step, WeightCause cause, String detail) {
        events.accept(new Event.Weight(toNew.value(), step, cause, detail, clock.nanos()));
    }
}
