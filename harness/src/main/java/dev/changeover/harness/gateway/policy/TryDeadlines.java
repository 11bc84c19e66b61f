package dev.changeover.harness.gateway.policy;

import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.wire.ErrorKind;
import java.util.Optional;

/// The deadlines of one try: connect, then first token, then idle, and at every stage what is left of the request's
/// whole time.
public final class TryDeadlines {

    private enum Stage {
        CONNECT(ErrorKind.TIMEOUT_CONNECT),
        FIRST_TOKEN(ErrorKind.TIMEOUT_FIRST_TOKEN),
        IDLE(ErrorKind.TIMEOUT_IDLE);

        private final ErrorKind kind;

        Stage(ErrorKind kind) {
            this.kind = kind;
        }
    }

    private final Deadlines limits;
    private final long totalDueNanos;
    private Stage stage = Stage.CONNECT;
    private long stageDueNanos;

    /// @param totalDueNanos when the request as a whole has to be over
    public TryDeadlines(Deadlines limits, long nowNanos, long totalDueNanos) {
        this.limits = limits;
        this.totalDueNanos = totalDueNanos;
        this.stageDueNanos = nowNanos + limits.connect().toNanos();
    }

    /// The connection is there and the request on its way.
    public void sent(long nowNanos) {
        stage = Stage.FIRST_TOKEN;
        stageDueNanos = nowNanos + limits.firstToken().toNanos();
    }

    /// The caller does not read on: the provider is not to blame, and only the whole time runs.
    public void heldUp() {
        stage = Stage.IDLE;
        stageDueNanos = Long.MAX_VALUE;
    }

    /// Content came, now or again; or the caller, who held us up, reads on.
    public void progressed(long nowNanos) {
        stage = Stage.IDLE;
        stageDueNanos = nowNanos + limits.idle().toNanos();
    }

    /// When to look again.
    public long dueNanos() {
        return Math.min(stageDueNanos, totalDueNanos);
    }

    /// The deadline that has passed, the stage's own first; empty while there is time.
    public Optional<ErrorKind> missed(long nowNanos) {
        if (nowNanos >= stageDueNanos && stageDueNanos <= totalDueNanos) {
            return Optional.of(stage.kind);
        }
        return nowNanos >= totalDueNanos ? Optional.of(ErrorKind.TIMEOUT_TOTAL) : Optional.empty();
    }
}
