package dev.changeover.harness.provider;

import dev.changeover.harness.dialect.KeyHeader;
import dev.changeover.harness.proxy.PassedHeaders;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ConversationHeader;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Set;

/// Which headers a tap passes on.
final class TapHeaders {

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
        PassedHeaders.copy(from, to, NOT_UPSTREAM);
    }

    static void copyDownstream(MultiMap from, MultiMap to) {
        PassedHeaders.copy(from, to, Set.of());
    }
}
