package dev.changeover.harness.gateway.server;

import dev.changeover.harness.wire.ErrorKind;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/// Takes a status of 200 for success and lets everything through unjudged.
final class StatusGate implements AnswerGate {

    private static final Buffer NOTHING = Buffer.buffer();

    @Override
    public Buffer take(Buffer piece) {
        return piece;
    }

    @Override
    public boolean open() {
        return true;
    }

    @Override
    public boolean done() {
        return false;
    }

    @Override
    public Optional<ErrorKind> finish(boolean complete) {
        return complete ? Optional.empty() : Optional.of(ErrorKind.CONNECTION_RESET);
    }

    @Override
    public Buffer held() {
        return NOTHING;
    }
}
