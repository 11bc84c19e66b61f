package dev.changeover.harness.gate;

import dev.changeover.harness.check.Findings;
import dev.changeover.harness.history.History;
import java.util.ArrayList;
import java.util.List;

/// Why the verdict is what it is, in sentences for the one who signs it, the most important first.
final class Reasons {

    private Reasons() {}

    static List<String> of(Verdict verdict, Findings findings, List<GateResult> gates) {
        List<String> reasons = new ArrayList<>();
        reasons.add(verdict + ".");
        reasons.addAll(findings.validity().why());
        gates.forEach(g -> reasons.add(g.spec().id() + ": " + g.evidence() + "."));
        reasons.add("Answer quality is not assessed.");
        return reasons;
    }

    static String endedEarly(History history) {
        return history.ended()
                .map(ended -> switch (ended.end()) {
                    case COMPLETED -> "";
                    case INTERRUPTED -> "interrupted";
                    case BUDGET -> "stopped by its budget";
                    case TESTBED_FAILED -> "the testbed failed";
                })
                .orElse("killed");
    }
}
