package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.ReadyTransport;
import dev.changeover.harness.scenario.Transport;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;

/// TLS by the JDK, which always verifies certificate and host.
final class Tls {

    static final String HTTP_2 = ApplicationProtocolNames.HTTP_2;

    private Tls() {}

    static SslContext context(ReadyTransport transport) {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .endpointIdentificationAlgorithm("HTTPS")
                .applicationProtocolConfig(offering(transport.http()));
        transport.trusted().ifPresent(builder::trustManager);
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    /// The time that shaking hands may take is the exchange's.
    static SslHandler handler(SslContext context, Channel channel, String host, int port) {
        SslHandler handler = context.newHandler(channel.alloc(), host, port);
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }

    private static ApplicationProtocolConfig offering(Transport.Http http) {
        String protocol = switch (http) {
            case ONE -> ApplicationProtocolNames.HTTP_1_1;
            case TWO -> HTTP_2;
        };
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                protocol);
    }
}
