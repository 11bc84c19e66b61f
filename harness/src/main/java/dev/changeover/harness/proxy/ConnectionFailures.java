package dev.changeover.harness.proxy;

import dev.changeover.harness.wire.ErrorKind;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/// What kind of failure it is when a provider gives no answer at all.
public final class ConnectionFailures {

    private ConnectionFailures() {}

    public static ErrorKind kindOf(Throwable failure) {
        return switch (failure) {
            case ConnectTimeoutException _ -> ErrorKind.TIMEOUT_CONNECT;
            case ConnectException _, UnknownHostException _, SSLException _ -> ErrorKind.CONNECTION_REFUSED;
            case HttpClosedException _, IOException _ -> ErrorKind.CONNECTION_RESET;
            default -> ErrorKind.MALFORMED;
        };
    }
}
