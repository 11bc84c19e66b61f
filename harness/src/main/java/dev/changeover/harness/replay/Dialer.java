package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.ReadyTransport;
import dev.changeover.harness.scenario.Transport;
import dev.changeover.harness.transport.ConnectFailure;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/// Opens connections to one target: through its proxy, and by TLS, where it says so. Confined to its lane's loop.
final class Dialer {

    private final Target target;
    private final Optional<SslContext> tls;
    private final InetSocketAddress address;
    private final Bootstrap bootstrap;

    /// @param rest adds what speaks HTTP
    Dialer(Lane lane, Target target, Class<? extends Channel> channelType, Consumer<ChannelPipeline> rest) {
        this.target = target;
        this.tls = target.secure() ? Optional.of(Tls.context(target.transport())) : Optional.empty();
        Optional<ReadyTransport.Via> proxy = target.transport().proxy();
        this.address = proxy.isPresent()
                ? InetSocketAddress.createUnresolved(target.host(), target.port())
                : new InetSocketAddress(target.host(), target.port());
        this.bootstrap = new Bootstrap()
                .group(lane.loop())
                .channel(channelType)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        ChannelPipeline pipeline = channel.pipeline();
                        proxy.ifPresent(via -> pipeline.addLast(asking(via)));
                        tls.ifPresent(context ->
                                pipeline.addLast(Tls.handler(context, channel, target.host(), target.port())));
                        rest.accept(pipeline);
                    }
                });
        if (proxy.isPresent()) {
            bootstrap.resolver(NoopAddressResolverGroup.INSTANCE);
        }
    }

    /// Calls one of the two, unless the channel is closed before.
    ///
    /// @param failed takes a sentence where it is not plain why
    /// @return to be closed when it is not waited for any more
    Channel dial(Consumer<Channel> opened, Consumer<Optional<String>> failed) {
        ChannelFuture connecting = bootstrap.connect(address);
        Channel channel = connecting.channel();
        connecting.addListener(future -> {
            if (!future.isSuccess()) {
                failed.accept(why(future.cause()));
            } else if (target.transport().proxy().isPresent()) {
                awaitTheProxy(channel, opened, failed);
            } else {
                secure(channel, opened, failed);
            }
        });
        return channel;
    }

    private void awaitTheProxy(Channel channel, Consumer<Channel> opened, Consumer<Optional<String>> failed) {
        channel.pipeline().get(HttpProxyHandler.class).connectFuture().addListener(future -> {
            if (future.isSuccess()) {
                secure(channel, opened, failed);
            } else {
                channel.close();
                failed.accept(why(future.cause()));
            }
        });
    }

    private void secure(Channel channel, Consumer<Channel> opened, Consumer<Optional<String>> failed) {
        if (tls.isEmpty()) {
            opened.accept(channel);
        } else {
            shakeHands(channel, opened, failed);
        }
    }

    private void shakeHands(Channel channel, Consumer<Channel> opened, Consumer<Optional<String>> failed) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        handler.handshakeFuture().addListener(future -> {
            if (!future.isSuccess()) {
                channel.close();
                failed.accept(why(future.cause()));
            } else if (target.transport().http() == Transport.Http.TWO
                    && !Tls.HTTP_2.equals(handler.applicationProtocol())) {
                channel.close();
                failed.accept(Optional.of("%s does not offer HTTP/2".formatted(target.host())));
            } else {
                opened.accept(channel);
            }
        });
    }

    private static HttpProxyHandler asking(ReadyTransport.Via via) {
        InetSocketAddress proxy = new InetSocketAddress(via.host(), via.port());
        HttpProxyHandler handler = via.credentials()
                .map(known -> new HttpProxyHandler(proxy, known.user(), known.password()))
                .orElseGet(() -> new HttpProxyHandler(proxy));
        handler.setConnectTimeoutMillis(0);
        return handler;
    }

    private Optional<String> why(Throwable failure) {
        return ConnectFailure.describe(
                failure,
                target.host(),
                target.port(),
                target.transport().proxy().map(ReadyTransport.Via::toString));
    }
}
