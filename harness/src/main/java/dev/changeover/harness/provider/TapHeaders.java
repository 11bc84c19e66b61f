package dev.changeover.harness.provider;

import dev.changeover.harness.dialect.KeyHeader;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ConversationHeader;
import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which headers a tap passes on.
final class TapHeaders {

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
    /// Compressed answers could not be judged on their way.
    private static final Set<String> NOT_UPSTREAM =
            Set.of("host", "content-length", "expect", "accept-encoding", CallId.HEADER, ConversationHeader.NAME);

    /// Under which a client may have sent a key of its own.
    private static final List<String> KEYS = List.of("authorization", "api-key", "x-api-key");

    private TapHeaders() {}

    /// Puts the real key on, in place of whatever was sent for one.
    static void putKey(MultiMap headers, KeyHeader how, String key) {
        KEYS.forEach(headers::remove);
        headers.set(how.header(), how.value(key));
    }

    static void copyUpstream(MultiMap from, MultiMap to) {
        copy(from, to, NOT_UPSTREAM);
    }

    static void copyDownstream(MultiMap from, MultiMap to) {
        copy(from, to, Set.of());
    }

    private static void copy(MultiMap from, MultiMap to, Set<String> dropped) {
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
