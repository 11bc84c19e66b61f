package dev.changeover.harness.gateway.server;

import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.wire.ErrorKind;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/// Holds a provider's answer back until it can be trusted, as far as the gateway judges it.
sealed interface AnswerGate permits ContentGate, StatusGate {

    static AnswerGate of(Gateway.Trust trust, int status, String contentType) {
        return switch (trust) {
            case CONTENT -> new ContentGate(status, contentType);
            case STATUS -> status == 200 ? new StatusGate() : new ContentGate(status, contentType);
        };
    }

    /// Takes a piece in and gives out what may go to the caller now, which may be nothing.
    Buffer take(Buffer piece);

    /// Bytes may go out: from here on nobody else can be asked.
    boolean open();

    /// The answer has ended by its own account, or gone wrong for good, before the message ended.
    boolean done();

    /// The error that it ended with; empty: a good answer. Asked once, at the end.
    ///
    /// @param complete whether the HTTP message ended properly
    Optional<ErrorKind> finish(boolean complete);

    /// What is still held back.
    Buffer held();
}
