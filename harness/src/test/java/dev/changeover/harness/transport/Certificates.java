package dev.changeover.harness.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A key with a certificate that no authority of the JDK has signed, made for one test.
///
/// @param store PKCS12 with the key
public record Certificates(Path store) {

    public static final String PASSWORD = "not-a-secret";

    static final String KEY = "key";
    private static final String CA = "ca";
    private static final String NAMES = "san=dns:localhost,ip:127.0.0.1";

    /// For `localhost` and 127.0.0.1, in force.
    public static Certificates of(Path folder) {
        return of(folder, "localhost", NAMES);
    }

    /// In force for one day, ten days ago; signed by an authority that is what is trusted, for what is trusted itself
    /// is believed whatever its dates.
    public static Certificates expired(Path folder) {
        Path store = folder.resolve("expired.p12");
        Path request = folder.resolve("request");
        Path signed = folder.resolve("signed");
        keytool(folder, store, "-genkeypair", "-alias", CA, "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:c");
        keytool(folder, store, "-genkeypair", "-alias", KEY, "-keyalg", "EC", "-dname", "CN=localhost");
        keytool(folder, store, "-certreq", "-alias", KEY, "-file", request.toString());
        keytool(
                folder,
                store,
                "-gencert",
                "-alias",
                CA,
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-startdate",
                "-10d",
                "-validity",
                "1",
                "-ext",
                NAMES);
        keytool(folder, store, "-importcert", "-alias", KEY, "-file", signed.toString());
        return new Certificates(store);
    }

    public static Certificates forHost(Path folder, String host) {
        return of(folder, host, "san=dns:" + host);
    }

    private static Certificates of(Path folder, String host, String names) {
        Path store = folder.resolve(host + ".p12");
        keytool(folder, store, "-genkeypair", "-alias", KEY, "-keyalg", "EC", "-dname", "CN=" + host, "-ext", names);
        return new Certificates(store);
    }

    private static void keytool(Path folder, Path store, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-noprompt", "-storepass", PASSWORD, "-keystore", store.toString()));
        try {
            Process keytool = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("keytool.log").toFile())
                    .start();
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool made no certificate");
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A file with what is to be trusted.
    public Path pem() {
        try {
            return Files.writeString(
                    store.resolveSibling("trust.pem"),
                    "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                            .formatted(Base64.getMimeEncoder()
                                    .encodeToString(
                                            trusted().getCertificate("peer").getEncoded())));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A file with the key, which nobody but a test has.
    public Path keyPem() {
        try {
            byte[] key = opened(store).getKey(KEY, PASSWORD.toCharArray()).getEncoded();
            return Files.writeString(
                    store.resolveSibling("key.pem"),
                    "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                            .formatted(Base64.getMimeEncoder().encodeToString(key)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore trusted() throws IOException, GeneralSecurityException {
        KeyStore keys = opened(store);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("peer", keys.getCertificate(keys.containsAlias(CA) ? CA : KEY));
        return trusted;
    }

    private static KeyStore opened(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    /// A store that trusts it.
    public Path trustStore() {
        try {
            Path file = store.resolveSibling("trust.p12");
            try (var out = Files.newOutputStream(file)) {
                trusted().store(out, PASSWORD.toCharArray());
            }
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Of a server that has the key.
    public SSLContext server() {
        try {
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            KeyStore keys = opened(store);
            if (keys.containsAlias(CA)) {
                keys.deleteEntry(CA);
            }
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What believes in it, and in nothing else.
    public Optional<TrustManagerFactory> trust() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted());
            return Optional.of(factory);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
