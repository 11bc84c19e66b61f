package dev.changeover.toxics.server;

import java.io.IOException;

/// Why a port cannot be listened on, in the words that Toxiproxy uses.
final class BindFailure {

    private BindFailure() {}

    static String text(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("Address already in use") ? "bind: address already in use" : "bind: " + message;
    }
}
