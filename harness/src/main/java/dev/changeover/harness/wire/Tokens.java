package dev.changeover.harness.wire;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/// Counts tokens of the o200k encoding: an estimate for every model that has another one.
public final class Tokens {

    private Tokens() {}

    /// How many o200k tokens a text holds; names of special tokens are counted as the plain text they are.
    public static int count(CharSequence text) {
        if (text.isEmpty()) {
            return 0;
        }
        int words = Vocabulary.countWords(text);
        return words >= 0 ? words : Tokenizer.O200K.countTokensOrdinary(text.toString());
    }

    /// Loaded when first needed: it takes half a second, and generated texts never need it.
    private static final class Tokenizer {
        static final Encoding O200K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }
}
