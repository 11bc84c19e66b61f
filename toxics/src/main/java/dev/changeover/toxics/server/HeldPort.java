package dev.changeover.toxics.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// Keeps the port of a disabled proxy, refusing connections, so that no outgoing connection is given it meanwhile.
///
/// A socket that is bound and does not listen does exactly that.
final class HeldPort {

    private Optional<SocketChannel> holder = Optional.empty();

    /// Does its best: a port that cannot be held is merely free.
    void hold(InetSocketAddress address) {
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
