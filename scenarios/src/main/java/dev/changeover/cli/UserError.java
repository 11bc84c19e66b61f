package dev.changeover.cli;

/// Something that the one who typed the command can mend: the message says where, what and what to do.
final class UserError extends RuntimeException {

    private static final long serialVersionUID = 1;

    UserError(String message) {
        super(message);
    }

    UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
