package dev.changeover.toxics.conformance;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Proxies and toxics as the API writes them, to the byte.
final class Bodies {

    private static final Pattern LISTEN = Pattern.compile("\"listen\":\"([^\"]*)\"");

    private Bodies() {}

    static String proxy(String name, String listen, String upstream, boolean enabled, String... toxics) {
        return "{\"name\":\"%s\",\"listen\":\"%s\",\"upstream\":\"%s\",\"enabled\":%s,\"Logger\":{},\"toxics\":[%s]}"
                .formatted(name, listen, upstream, enabled, String.join(",", toxics));
    }

    static String toxic(String attributes, String name, String type, String stream, String toxicity) {
        return "{\"attributes\":{%s},\"name\":\"%s\",\"type\":\"%s\",\"stream\":\"%s\",\"toxicity\":%s}"
                .formatted(attributes, name, type, stream, toxicity);
    }

    /// A request for a proxy on a free port.
    static String wanted(String name, String upstream) {
        return "{\"name\":\"%s\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"%s\"}".formatted(name, upstream);
    }

    /// A request for a proxy that is not to run yet.
    static String disabled(String name) {
        return "{\"name\":\"%s\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:1\",\"enabled\":false}"
                .formatted(name);
    }

    /// Where the first proxy of an answer listens.
    static String listen(String answer) {
        Matcher matcher = LISTEN.matcher(answer);
        if (!matcher.find()) {
            throw new AssertionError("no proxy in " + answer);
        }
        return matcher.group(1);
    }
}
