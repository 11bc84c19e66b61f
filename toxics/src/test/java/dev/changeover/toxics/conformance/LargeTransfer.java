package dev.changeover.toxics.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.TestClient;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Sixteen megabytes to an echo and back, and their SHA-256.
final class LargeTransfer {

    private static final int BYTES = 16 * 1024 * 1024;

    private LargeTransfer() {}

    static void assertWhole(TestClient client) throws Exception {
        byte[] sent = new byte[BYTES];
        new SplittableRandom(7).nextBytes(sent);
        CompletableFuture<Void> writing = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                client.socket().getOutputStream().write(sent);
                writing.complete(null);
            } catch (Exception e) {
                writing.completeExceptionally(e);
            }
        });
        byte[] heard = client.socket().getInputStream().readNBytes(BYTES);
        join(writing);
        assertThat(sha256(heard)).isEqualTo(sha256(sent));
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static void join(CompletableFuture<Void> writing) throws InterruptedException {
        try {
            writing.get();
        } catch (ExecutionException e) {
            throw new AssertionError("could not send", e.getCause());
        }
    }
}
