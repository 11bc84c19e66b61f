package dev.changeover.toxics.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// Keeps the port of a proxy for as long as the proxy lives, so that no outgoing connection is given it while nothing
/// listens there.
///
/// A socket that is bound and does not listen refuses connections, and beside it another that reuses addresses may
/// listen (on Linux; elsewhere the port has to be released first).
final class HeldPort {

    private Optional<SocketChannel> holder = Optional.empty();

    /// Does its best: a port that cannot be held is merely free.
    ///
    /// @return the address with its port chosen, where it is held
    Optional<InetSocketAddress> hold(InetSocketAddress address) {
        release();
        try {
            SocketChannel channel = SocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(address);
                holder = Optional.of(channel);
            } catch (IOException e) {
                channel.close();
            }
        } catch (IOException _) {
            holder = Optional.empty();
        }
        return held();
    }

    Optional<InetSocketAddress> held() {
        try {
            return holder.isEmpty()
                    ? Optional.empty()
                    : Optional.of((InetSocketAddress) holder.get().getLocalAddress());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    void release() {
        holder.ifPresent(channel -> {
            try {
                channel.close();
            } catch (IOException _) {
                // nothing was sent on it: there is nothing to lose
            }
        });
        holder = Optional.empty();
    }
}
