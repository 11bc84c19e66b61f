package dev.changeover.harness.recorder;

import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a request proves its right with, in its headers and in its address.
final class Credentials {

    private static final List<String> HEADERS = List.of(
            "authorization",
            "proxy-authorization",
            "api-key",
            "x-api-key",
            "x-goog-api-key",
            "ocp-apim-subscription-key",
            "x-auth-token",
            "cookie");

    private Credentials() {}

    /// @param query of its address, without the question mark; null where there is none
    static List<String> of(MultiMap headers, String query) {
        List<String> found = new ArrayList<>();
        for (String header : HEADERS) {
            for (String value : headers.getAll(header)) {
                found.add(value);
                int space = value.strip().indexOf(' ');
                if (space > 0) {
                    found.add(value.strip().substring(space + 1).strip());
                }
            }
        }
        if (query != null) {
            for (String parameter : query.split("&")) {
                String value = parameter.substring(parameter.indexOf('=') + 1);
                found.add(value);
                found.add(decoded(value));
            }
        }
        return found;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return value;
        }
    }
}
