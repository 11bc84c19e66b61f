package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.ReadyTransport;
import dev.changeover.harness.units.Arm;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Where requests are sent, and how connections there are made.
///
/// @param secure whether by TLS
/// @param arm there when the target leads to one provider only, empty for a gateway
/// @param base path before `/chat/completions`: empty, or from a slash on, without one at its end
/// @param key sent as bearer instead of the placeholder; it appears in no text and no error
/// @param modelName the name that this target knows a model by
public record Target(
        Optional<Arm> arm,
        boolean secure,
        String host,
        int port,
        String base,
        Optional<String> key,
        ReadyTransport transport,
        UnaryOperator<String> modelName) {

    public static final String BASE = "/v1";

    private static final int TLS_PORT = 443;

    public Target {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 1 to 65535, got " + port);
        }
        boolean path = base.isEmpty() || base.startsWith("/") && !base.endsWith("/");
        if (!path || !isVisibleAscii(base)) {
            throw new IllegalArgumentException(
                    "base must be empty or a path like /v1, without a slash at its end, got '" + base + "'");
        }
        if (key.isPresent() && (key.get().isEmpty() || !isVisibleAscii(key.get()))) {
            throw new IllegalArgumentException(
                    "the gateway's key must be visible ASCII without spaces; it is not shown here");
        }
    }

    /// Plain, with connections as they are made where a scenario does not say.
    public Target(
            Optional<Arm> arm,
            String host,
            int port,
            String base,
            Optional<String> key,
            UnaryOperator<String> modelName) {
        this(arm, false, host, port, base, key, ReadyTransport.CALLER, modelName);
    }

    /// The same at `/v1`, with the placeholder key.
    public Target(Optional<Arm> arm, String host, int port, UnaryOperator<String> modelName) {
        this(arm, host, port, BASE, Optional.empty(), modelName);
    }

    public Target over(ReadyTransport other) {
        return new Target(arm, secure, host, port, base, key, other, modelName);
    }

    /// As in the head of a request.
    String authority() {
        return secure && port == TLS_PORT ? host : host + ":" + port;
    }

    @Override
    public String toString() {
        return arm.map(a -> a.word() + " at ").orElse("") + (secure ? "https://" : "http://") + host + ":" + port
                + base;
    }

    private static boolean isVisibleAscii(String text) {
        return text.chars().allMatch(letter -> letter > ' ' && letter < 0x7f);
    }
}
