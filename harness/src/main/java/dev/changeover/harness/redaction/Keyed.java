package dev.changeover.harness.redaction;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Hashes that only who has the key can make (HMAC-SHA-256). Not for several threads.
final class Keyed {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    Keyed(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /// @param purpose keeps hashes of the same text for different ends apart
    String hex(String purpose, String text) {
        return HexFormat.of().formatHex(of(purpose, text));
    }

    long number(String purpose, String text) {
        return ByteBuffer.wrap(of(purpose, text)).getLong();
    }

    private byte[] of(String purpose, String text) {
        mac.update(purpose.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The hash of a piece and of all before it.
    ///
    /// @param before that of all before it; empty for the first
    byte[] chained(byte[] before, CharSequence piece) {
        mac.update(before);
        ByteBuffer letters = ByteBuffer.allocate(piece.length() * Character.BYTES);
        letters.asCharBuffer().append(piece);
        return mac.doFinal(letters.array());
    }
}
