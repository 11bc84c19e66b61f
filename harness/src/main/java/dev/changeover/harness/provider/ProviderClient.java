package dev.changeover.harness.provider;

import dev.changeover.harness.scenario.ReadyTransport;
import dev.changeover.harness.scenario.Transport;
import dev.changeover.harness.scenario.Transport.KeepAlive;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.TrustOptions;
import java.util.List;

/// A tap's connections to its provider. Certificate and host are always verified.
final class ProviderClient {

    private static final int CONNECT_MILLIS = 10_000;
    /// No call ever waits for another one's connection.
    private static final int CONNECTIONS = 20_000;
    private static final int STREAM_WINDOW = 1 << 20;
    private static final int CONNECTION_WINDOW = 16 << 20;

    private ProviderClient() {}

    static HttpClient of(Vertx vertx, Tap.Config config) {
        ReadyTransport transport = config.transport();
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(config.secure())
                .setVerifyHost(true)
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxHeaderSize(Tap.HEADER_BOUND)
                .setDecompressionSupported(transport.gzip());
        transport.trusted().ifPresent(authorities -> options.setTrustOptions(TrustOptions.wrap(authorities)));
        transport.proxy().ifPresent(via -> options.setProxyOptions(proxy(via)));
        keep(transport.keepAlive(), options);
        if (transport.http() == Transport.Http.TWO) {
            speakHttp2(options, config.secure());
        }
        return vertx.createHttpClient(
                options, new PoolOptions().setHttp1MaxSize(CONNECTIONS).setHttp2MaxSize(CONNECTIONS));
    }

    /// Whether this is the version that was asked for.
    static boolean speaks(HttpVersion version, Tap.Config config) {
        return config.transport().http() == Transport.Http.ONE || version == HttpVersion.HTTP_2;
    }

    private static void speakHttp2(HttpClientOptions options, boolean secure) {
        options.setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                .setInitialSettings(new Http2Settings()
                        .setPushEnabled(false)
                        .setInitialWindowSize(STREAM_WINDOW)
                        .setMaxHeaderListSize(Tap.HEADER_BOUND));
        if (secure) {
            options.setUseAlpn(true).setAlpnVersions(List.of(HttpVersion.HTTP_2));
        }
    }

    private static void keep(KeepAlive keepAlive, HttpClientOptions options) {
        switch (keepAlive) {
            case KeepAlive.Always() -> options.setKeepAliveTimeout(0).setHttp2KeepAliveTimeout(0);
            case KeepAlive.None() -> options.setKeepAlive(false);
            case KeepAlive.Idle(var most) -> {
                int seconds = (int) Math.min(most.toSeconds(), Integer.MAX_VALUE);
                options.setKeepAliveTimeout(seconds).setHttp2KeepAliveTimeout(seconds);
            }
        }
    }

    private static ProxyOptions proxy(ReadyTransport.Via via) {
        ProxyOptions options =
                new ProxyOptions().setType(ProxyType.HTTP).setHost(via.host()).setPort(via.port());
        via.credentials().ifPresent(known -> options.setUsername(known.user()).setPassword(known.password()));
        return options;
    }
}
