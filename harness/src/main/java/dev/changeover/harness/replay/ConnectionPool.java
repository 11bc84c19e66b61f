package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.Transport;
import io.netty.channel.Channel;

/// One lane's connections to one target. A request never waits for a free one: where none has room, one is opened.
/// Confined to its lane's loop.
interface ConnectionPool {

    static ConnectionPool of(Lane lane, Target target, Class<? extends Channel> channelType) {
        return switch (target.transport().http()) {
            case Transport.Http.ONE -> new Http1Pool(lane, target, channelType);
            case Transport.Http.TWO -> new Http2Pool(lane, target, channelType);
        };
    }

    Target target();

    /// Calls `connected` on the exchange, at once with what has room, or when a new connection is there; or
    /// `connectFailed`.
    void connect(Exchange exchange);

    void close();
}
