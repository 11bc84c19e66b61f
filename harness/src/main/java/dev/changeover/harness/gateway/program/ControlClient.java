package dev.changeover.harness.gateway.program;

import dev.changeover.harness.scenario.ReadyTransport;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// What asks a gateway for its health, its metrics and its weights: with the same trust, and through the same proxy,
/// as the requests that count.
public final class ControlClient {

    private ControlClient() {}

    public static HttpClient.Builder builder(ReadyTransport transport) {
        HttpClient.Builder builder = HttpClient.newBuilder();
        transport.trusted().ifPresent(authorities -> builder.sslContext(trusting(authorities)));
        transport.proxy().ifPresent(via -> {
            builder.proxy(ProxySelector.of(new InetSocketAddress(via.host(), via.port())));
            via.credentials().ifPresent(known -> builder.authenticator(ofProxy(known)));
        });
        return builder;
    }

    private static SSLContext trusting(TrustManagerFactory authorities) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, authorities.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static Authenticator ofProxy(ReadyTransport.Credentials known) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() == RequestorType.PROXY
                        ? new PasswordAuthentication(
                                known.user(), known.password().toCharArray())
                        : super.getPasswordAuthentication();
            }
        };
    }
}
