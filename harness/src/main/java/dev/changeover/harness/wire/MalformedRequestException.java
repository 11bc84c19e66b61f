package dev.changeover.harness.wire;

/// A request body that is no chat-completion request; the message says what is wrong with it and quotes none of it.
public final class MalformedRequestException extends Exception {

    private static final long serialVersionUID = 1;

    MalformedRequestException(String message) {
        super(message);
    }
}
