package dev.changeover.harness.redaction;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Takes out of requests and answers what is not to be written down. Not for several threads.
///
/// Equal texts and equal names stay equal under one key, and cannot be told without it: whoever makes it at random and
/// forgets it has hashes that nobody can try texts against.
public final class Redactor {

    private static final Pattern LONE_SURROGATE = Pattern.compile("[\\uD800-\\uDFFF]");

    private final TextPolicy policy;
    private final Masks masks;
    private final Keyed keyed;
    private final SameLength words;

    private Redactor(TextPolicy policy, Masks masks, Keyed keyed) {
        this.policy = policy;
        this.masks = masks;
        this.keyed = keyed;
        this.words = new SameLength(keyed);
    }

    /// @param key of the hashes, sixteen bytes at least
    public static Redactor of(TextPolicy policy, Masks masks, byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException("the key must have 16 bytes at least, got " + key.length);
        }
        return new Redactor(policy, masks, new Keyed(key));
    }

    /// The same, which masks these as well.
    public Redactor hiding(List<String> secrets) {
        return secrets.isEmpty() ? this : new Redactor(policy, masks.andAll(secrets), keyed);
    }

    /// A text by the policy; empty where that drops it.
    public Optional<String> text(String text) {
        return policy == TextPolicy.DROP ? Optional.empty() : Optional.of(written(text));
    }

    /// The body of a chat completion by the policy; empty where that drops it.
    public Optional<byte[]> body(ObjectNode body) {
        return policy == TextPolicy.DROP ? Optional.empty() : Optional.of(new BodyRedactor(this).redact(body));
    }

    /// A text that is kept whatever the policy is, without its secrets.
    public String masked(String text) {
        return masks.mask(wellFormed(text));
    }

    /// Halves of surrogate pairs, which UTF-8 cannot hold, become question marks.
    private static String wellFormed(String text) {
        return LONE_SURROGATE.matcher(text).replaceAll("?");
    }

    /// Another name in a name's place, the same for the same name.
    public String pseudonym(String name) {
        return keyed.hex("name", name).substring(0, 16);
    }

    /// What stands for a text; as the policy says but for dropping, which leaves out what it stood in.
    String written(String text) {
        return switch (policy) {
            case KEEP -> masked(text);
            case HASH ->
                text.isBlank() ? text : "hmac-" + keyed.hex("text", text).substring(0, 16);
            case DROP, REPLACE -> words.replace(text);
        };
    }

    /// What stands for the name of a person, an account or a file: of its length.
    String name(String name) {
        if (policy == TextPolicy.KEEP) {
            return masked(name);
        }
        String hex = keyed.hex("name", name);
        return hex.repeat(name.length() / hex.length() + 1).substring(0, name.length());
    }

    /// What stands for a number among texts: of as many digits.
    String number(String number) {
        if (policy == TextPolicy.KEEP) {
            return kept(number);
        }
        StringBuilder digits = new StringBuilder(number);
        long draws = keyed.number("number", number) >>> 1;
        for (int at = 0; at < digits.length() && Character.toLowerCase(digits.charAt(at)) != 'e'; at++) {
            if (Character.isDigit(digits.charAt(at))) {
                digits.setCharAt(at, (char) ('1' + draws % 9));
                draws = draws / 9 + (draws % 9 << 56);
            }
        }
        return digits.toString();
    }

    /// A number that is kept, unless it looks like a secret: then it is ones of its length.
    String kept(String number) {
        return masks.mask(number).equals(number) ? number : "1".repeat(number.length());
    }

    /// The bytes of an image, a sound or a file, as text: base64 of the same length.
    String data(String base64) {
        return switch (policy) {
            case KEEP -> wellFormed(base64);
            case HASH -> written(base64);
            case DROP, REPLACE -> "A".repeat(base64.length());
        };
    }

    /// An address: those that carry their data keep their type.
    String address(String address) {
        int comma = address.indexOf(',');
        if (address.startsWith("data:") && comma > 0 && comma < 100) {
            return masked(address.substring(0, comma + 1)) + data(address.substring(comma + 1));
        }
        return written(address);
    }
}
