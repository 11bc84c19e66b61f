package dev.changeover.harness.replay;

import dev.changeover.harness.wire.CallId;
import java.util.OptionalLong;

/// A request with the moment at which it is to leave.
///
/// @param dueNanos since t0; negative during the warm-up
/// @param model as the body names it
/// @param stream whether the body asks for a stream
/// @param leavesNanos when its caller leaves, from when it was due; empty: he waits as long as his patience lasts
/// @param body the chat-completion request, JSON in UTF-8, not tagged yet; the array is not to be changed
public record ScheduledRequest(
        CallId id,
        long dueNanos,
        String conversation,
        String model,
        boolean stream,
        OptionalLong leavesNanos,
        byte[] body) {

    /// Of a caller who waits.
    public ScheduledRequest(CallId id, long dueNanos, String conversation, String model, boolean stream, byte[] body) {
        this(id, dueNanos, conversation, model, stream, OptionalLong.empty(), body);
    }

    /// The same, its body elsewhere.
    ScheduledRequest withoutBody() {
        return new ScheduledRequest(id, dueNanos, conversation, model, stream, leavesNanos, new byte[0]);
    }
}
