package dev.changeover.harness.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The conversation that a request belongs to, as it travels to the gateway, whose stickiness goes by it.
/// Providers never see it.
public final class ConversationHeader {

    public static final String NAME = "x-changeover-conversation";

    /// A value that would be longer is replaced by `sha256-` and its digest: servers bound their heads.
    static final int LONGEST = 512;

    private static final String PUNCTUATION = "!#$&'*+-.^_`|~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private ConversationHeader() {}

    /// Any text as one safe header value: what is no token character (RFC 9110, section 5.6.2), and `%`
    /// itself, percent-encoded as UTF-8. Different texts give different values.
    public static String encode(String conversation) {
        byte[] bytes = conversation.getBytes(StandardCharsets.UTF_8);
        StringBuilder value = new StringBuilder(bytes.length);
        for (byte letter : bytes) {
            if (isPlain(letter)) {
                value.append((char) letter);
            } else {
                value.append('%').append(HEX.toHexDigits(letter));
            }
            if (value.length() > LONGEST) {
                return "sha256-" + HexFormat.of().formatHex(sha256(bytes));
            }
        }
        return value.toString();
    }

    private static boolean isPlain(byte letter) {
        return letter >= '0' && letter <= '9'
                || letter >= 'A' && letter <= 'Z'
                || letter >= 'a' && letter <= 'z'
                || PUNCTUATION.indexOf(letter) >= 0;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
