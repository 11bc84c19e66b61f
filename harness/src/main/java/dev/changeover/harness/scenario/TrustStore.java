package dev.changeover.harness.scenario;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Reads a file of certificates: PEM, or a store that the JDK knows (PKCS12, JKS).
final class TrustStore {

    private static final int BOUND = 16 << 20;
    private static final String PEM = "-----BEGIN CERTIFICATE-----";

    private TrustStore() {}

    /// @throws IOException with a sentence: what is wrong with the file
    static TrustManagerFactory load(Path file, Optional<String> password) throws IOException {
        byte[] bytes = read(file);
        try {
            KeyStore store = new String(bytes, StandardCharsets.ISO_8859_1).contains(PEM)
                    ? pem(file, bytes, password)
                    : opened(file, password);
            TrustManagerFactory authorities =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            authorities.init(store);
            if (count(authorities) == 0) {
                throw new IOException("the trust store %s holds no certificate to trust%s"
                        .formatted(file, password.isEmpty() ? ", or needs a password" : ""));
            }
            return authorities;
        } catch (KeyStoreException | CertificateException e) {
            throw new IOException("the trust store %s holds neither PEM nor PKCS12 nor JKS".formatted(file), e);
        } catch (GeneralSecurityException e) {
            throw new IOException("the trust store %s cannot be used: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(BOUND + 1);
            if (bytes.length > BOUND) {
                throw new IOException("the trust store %s is larger than %d bytes".formatted(file, BOUND));
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new IOException("the trust store %s is not there".formatted(file), e);
        }
    }

    private static KeyStore pem(Path file, byte[] bytes, Optional<String> password)
            throws IOException, GeneralSecurityException {
        if (password.isPresent()) {
            throw new IOException("the trust store %s is PEM, which has no password".formatted(file));
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes))) {
            store.setCertificateEntry("certificate-" + number++, certificate);
        }
        return store;
    }

    private static KeyStore opened(Path file, Optional<String> password) throws IOException, GeneralSecurityException {
        char[] letters = password.map(String::toCharArray).orElse(new char[0]);
        try {
            return KeyStore.getInstance(file.toFile(), password.isPresent() ? letters : null);
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new IOException("the trust store %s does not open with that password".formatted(file), e);
            }
            throw new KeyStoreException(e);
        } finally {
            Arrays.fill(letters, ' ');
        }
    }

    private static int count(TrustManagerFactory authorities) {
        return Arrays.stream(authorities.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .mapToInt(manager -> ((X509TrustManager) manager).getAcceptedIssuers().length)
                .sum();
    }
}
