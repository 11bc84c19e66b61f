package dev.changeover.reports.render;

import dev.changeover.harness.scenario.Claim;
import dev.changeover.reports.claims.ClaimResult;

/// A line of the table of claims.
record ClaimRow(String says, String status, String tone, String mark, String working) {

    static ClaimRow of(ClaimResult result) {
        String says = result.claim().says();
        String working = result.working();
        return switch (result.status()) {
            case SUPPORTED -> new ClaimRow(says, "SUPPORTED", "good", "✓", working);
            case REFUTED -> new ClaimRow(says, "REFUTED", "bad", "✕", working);
            case NOT_TESTABLE -> new ClaimRow(says, "NOT TESTABLE", "open", "?", working);
        };
    }

    static Json json(ClaimResult result) {
        return new Json()
                .put("says", result.claim().says())
                .put("status", result.status().name())
                .put("measured", result.value().orElse(null))
                .put(
                        "decided_by",
                        switch (result.claim().test()) {
                            case Claim.Test.Arithmetic _ -> "arithmetic";
                            case Claim.Test.Measured _ -> "measurement";
                            case Claim.Test.Untestable _ -> "nobody";
                        })
                .put("working", result.working());
    }
}
