package dev.changeover.toxics.server;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Why a port cannot be listened on, in the words that Toxiproxy uses.
final class BindFailure {

    private static final Map<String, String> WORDS = Map.of(
            "Address already in use", "bind: address already in use",
            "Permission denied", "bind: permission denied",
            "Cannot assign requested address", "bind: cannot assign requested address",
            "Too many open files", "socket: too many open files");

    private BindFailure() {}

    static String text(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof UnknownHostException) {
            return "lookup: no such host";
        }
        String all = Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(String::valueOf)
                .collect(Collectors.joining());
        return WORDS.entrySet().stream()
                .filter(word -> all.contains(word.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse("bind: " + message);
    }
}
