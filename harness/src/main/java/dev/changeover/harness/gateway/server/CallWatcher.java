package dev.changeover.harness.gateway.server;

import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.Outcome;
import io.vertx.core.buffer.Buffer;

/// Told what becomes of one request, as it happens.
interface CallWatcher {

    enum End {
        /// With a whole answer of a provider.
        SERVED,
        /// With an error, said by its status.
        FAILED,
        /// In the middle of an answer.
        BROKEN_OFF,
        /// The caller went away.
        CANCELLED
    }

    /// A try is over.
    void tried(Arm arm, Outcome outcome);

    /// The answer's head goes to the caller.
    void began(UpstreamTry.Head head);

    /// Bytes of the answer go to the caller.
    void passed(Buffer bytes);

    /// Last, once.
    void ended(End end);
}
