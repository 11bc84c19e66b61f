package dev.changeover.harness.history;

import java.util.List;

/// What a run did about the change of provider, in the order it was written.
public record Change(
        List<Event.Weight> weights,
        List<Event.Evidence> evidence,
        List<Event.PhaseEnd> phaseEnds,
        List<Event.Rollback> rollback) {

    public static final Change NONE = new Change(List.of(), List.of(), List.of(), List.of());
}
