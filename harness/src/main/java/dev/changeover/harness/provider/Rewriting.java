package dev.changeover.harness.provider;

import dev.changeover.harness.dialect.Manner;
import dev.changeover.harness.dialect.RewriteCounts;
import dev.changeover.harness.dialect.Rewritten;
import dev.changeover.harness.units.Arm;
import java.util.List;

/// Writes the requests of one tap anew for its provider, and counts what that changed. What the ledger is joined on,
/// and the hash of what was asked, are taken before.
final class Rewriting {

    private final Arm arm;
    private final Manner manner;
    private final RewriteCounts counts = new RewriteCounts();

    Rewriting(Arm arm, Manner manner) {
        this.arm = arm;
        this.manner = manner;
    }

    byte[] rewritten(TapRequest asked) {
        if (asked.chat().isEmpty()) {
            return asked.body();
        }
        Rewritten rewritten = manner.rewrite(asked.chat().get());
        synchronized (counts) {
            counts.add(rewritten);
        }
        return rewritten.changed() ? rewritten.request().toBytes() : asked.body();
    }

    /// A sentence for each kind of change, with how often it was made.
    List<String> told() {
        synchronized (counts) {
            return counts.sentences(
                    "%s (%s)".formatted(arm.word(), manner.dialect().word()), "calls");
        }
    }
}
