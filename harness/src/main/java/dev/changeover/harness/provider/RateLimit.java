package dev.changeover.harness.provider;

/// A token bucket: holds as much as is allowed a minute and fills at that pace.
///
/// With `a` allowed a minute, `a * t / 60 s` flow in within `t`, never above `a`.
final class RateLimit {

    private static final double MINUTE_NANOS = 60e9;

    private final long allowed;
    private double level;
    private long lastNanos;

    RateLimit(long allowedPerMinute, long nowNanos) {
        this.allowed = allowedPerMinute;
        this.level = allowedPerMinute;
        this.lastNanos = nowNanos;
    }

    long allowed() {
        return allowed;
    }

    /// Whether it could ever hold so much.
    boolean couldTake(long amount) {
        return amount <= allowed;
    }

    /// How long until so much is there; 0 when it is.
    long waitNanos(long amount, long nowNanos) {
        fill(nowNanos);
        return level >= amount ? 0 : (long) Math.ceil((amount - level) * MINUTE_NANOS / allowed);
    }

    void take(long amount, long nowNanos) {
        fill(nowNanos);
        level -= amount;
    }

    long remaining(long nowNanos) {
        fill(nowNanos);
        return (long) Math.max(level, 0);
    }

    /// How long until it is full again.
    long resetNanos(long nowNanos) {
        return waitNanos(allowed, nowNanos);
    }

    private void fill(long nowNanos) {
        level = Math.min(allowed, level + (nowNanos - lastNanos) * allowed / MINUTE_NANOS);
        lastNanos = nowNanos;
    }
}
