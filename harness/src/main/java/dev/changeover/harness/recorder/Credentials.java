package dev.changeover.harness.recorder;

import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What a request proves its right with, in its headers and in its address.
final class Credentials {

    /// Names of such headers: `Authorization`, `api-key`, `X-Auth-Token`, `Cookie`, and what gateways call their own.
    private static final Pattern HEADERS =
            Pattern.compile(".*(auth|token|secret|password|credential|cookie|key).*", Pattern.CASE_INSENSITIVE);

    private Credentials() {}

    /// @param query of its address, without the question mark; null where there is none
    static List<String> of(MultiMap headers, String query) {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, String> header : headers) {
            if (HEADERS.matcher(header.getKey()).matches()) {
                header(header.getKey(), header.getValue().strip(), found);
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

    private static void header(String name, String value, List<String> found) {
        found.add(value);
        if (name.equalsIgnoreCase("cookie")) {
            for (String cookie : value.split(";")) {
                found.add(cookie.substring(cookie.indexOf('=') + 1).strip());
            }
        }
        int space = value.indexOf(' ');
        if (space > 0) {
            found.add(value.substring(space + 1).strip());
        }
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return value;
        }
    }
}
