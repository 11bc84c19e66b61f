package dev.changeover.harness.proxy;

import dev.changeover.harness.wire.ErrorKind;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/// What kind of failure it is when a provider gives no answer at all.
public final class ConnectionFailures {

    private static final long REFUSED_STREAM = 0x7;

    private ConnectionFailures() {}

    /// Nothing was sent, whatever went wrong.
    public static ErrorKind kindWithoutConnection(Throwable failure) {
        return failure instanceof ConnectTimeoutException ? ErrorKind.TIMEOUT_CONNECT : ErrorKind.CONNECTION_REFUSED;
    }

    public static ErrorKind kindOf(Throwable failure) {
        return switch (failure) {
            case ConnectTimeoutException _ -> ErrorKind.TIMEOUT_CONNECT;
            case ConnectException _, UnknownHostException _, SSLException _ -> ErrorKind.CONNECTION_REFUSED;
            case StreamResetException reset when reset.getCode() == REFUSED_STREAM -> ErrorKind.CONNECTION_REFUSED;
            case StreamResetException _, HttpClosedException _, IOException _ -> ErrorKind.CONNECTION_RESET;
            default -> ErrorKind.MALFORMED;
        };
    }
}
