package dev.changeover.harness.transport;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/// Why no encrypted connection came about, in words that say what to do.
public final class TlsFailure {

    private static final int DEEPEST = 16;

    private TlsFailure() {}

    /// @param host that was asked for
    /// @return empty when the failure is none of TLS
    public static Optional<String> describe(Throwable failure, String host) {
        boolean tls = false;
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            switch (cause) {
                case CertificateExpiredException _ -> {
                    return Optional.of("the certificate of %s has expired".formatted(host));
                }
                case CertificateNotYetValidException _ -> {
                    return Optional.of("the certificate of %s is not valid yet".formatted(host));
                }
                case CertPathBuilderException _ -> {
                    return Optional.of(
                            "nobody trusted vouches for the certificate of %s; name its authority in trust, or the certificate itself"
                                    .formatted(host));
                }
                case CertificateException wrong
                when isOfAnotherHost(wrong) -> {
                    return Optional.of(
                            "the certificate is not for %s; ask for the name that it is for".formatted(host));
                }
                default -> tls |= cause instanceof SSLException || cause instanceof CertPathValidatorException;
            }
            cause = cause.getCause();
        }
        return tls ? Optional.of(plainly(failure, host)) : Optional.empty();
    }

    private static boolean isOfAnotherHost(CertificateException wrong) {
        String message = String.valueOf(wrong.getMessage());
        return message.startsWith("No subject alternative") || message.startsWith("No name matching");
    }

    private static String plainly(Throwable failure, String host) {
        String what = failure instanceof SSLHandshakeException ? "refused TLS" : "does not speak TLS as it should";
        return "%s %s: %s".formatted(host, what, String.valueOf(failure.getMessage()));
    }
}
