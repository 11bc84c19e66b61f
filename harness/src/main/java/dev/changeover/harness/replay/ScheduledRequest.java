package dev.changeover.harness.replay;

import dev.changeover.harness.wire.CallId;

/// A request with the moment at which it is to leave.
///
/// @param dueNanos since t0; negative during the warm-up
/// @param model as the body names it
/// @param stream whether the body asks for a stream
/// @param body the chat-completion request, JSON in UTF-8, not tagged yet; the array is not to be changed
public record ScheduledRequest(
        CallId id, long dueNanos, String conversation, String model, boolean stream, byte[] body) {}
