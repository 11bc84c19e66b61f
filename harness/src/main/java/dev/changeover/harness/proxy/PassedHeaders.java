package dev.changeover.harness.proxy;

import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which headers a proxy passes on: those between its two neighbours are for them alone.
public final class PassedHeaders {

    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private PassedHeaders() {}

    /// @param dropped more that are not passed on, in lower case
    public static void copy(MultiMap from, MultiMap to, Set<String> dropped) {
        Set<String> named = new HashSet<>();
        for (String connection : from.getAll("connection")) {
            for (String name : connection.split(",")) {
                named.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(name) && !named.contains(name) && !dropped.contains(name)) {
                to.add(header.getKey(), header.getValue());
            }
        }
    }
}
