package dev.changeover.harness.scenario;

import java.util.List;

/// What a closed loop rules out: it has no queue of its own, and without a window of a length nobody knows when it
/// ends.
final class LoadChecks {

    private final Fields root;
    private final List<Problem> problems;

    LoadChecks(Fields root, List<Problem> problems) {
        this.root = root;
        this.problems = problems;
    }

    void check() {
        root.table("traffic")
                .filter(traffic -> traffic.places().containsKey("concurrency"))
                .ifPresent(this::closed);
    }

    private void closed(Fields traffic) {
        if (traffic.places().containsKey("max_in_flight")) {
            add(
                    traffic.placeOf("max_in_flight"),
                    "concurrency and max_in_flight contradict each other: so many callers never have more under way",
                    "keep concurrency for a closed loop, max_in_flight for an open one");
        }
        if (traffic.places().containsKey("conversations")) {
            add(
                    traffic.placeOf("conversations"),
                    "with concurrency every caller keeps the order of a conversation",
                    "remove conversations, or concurrency");
        }
        boolean open = traffic.table("window")
                .filter(window -> !window.places().containsKey("length"))
                .isPresent();
        if (open) {
            endUnknown();
        }
    }

    private void endUnknown() {
        String remedy = "add traffic.window.length, or leave concurrency out";
        root.list("faults", Fields.class)
                .forEach(fault -> add(fault.placeOf("at"), unknown("a fault at a time"), remedy));
        root.table("rollout").ifPresent(rollout -> add(rollout.place(), unknown("a rollout"), remedy));
        root.table("rollback")
                .filter(rollback -> rollback.places().containsKey("at"))
                .ifPresent(rollback -> add(rollback.placeOf("at"), unknown("a rollback at a time"), remedy));
    }

    private static String unknown(String what) {
        return "%s needs to know how long the run is, and a closed loop lasts as long as its answers take"
                .formatted(what);
    }

    private void add(Place place, String what, String remedy) {
        problems.add(place.problem(what, remedy));
    }
}
