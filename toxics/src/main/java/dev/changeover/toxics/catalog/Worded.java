package dev.changeover.toxics.catalog;

import dev.changeover.toxics.catalog.CatalogFault.OneOf;
import dev.changeover.toxics.catalog.CatalogFault.Parameter;
import dev.changeover.toxics.wording.Refusal;
import dev.changeover.toxics.wording.Vendor;
import dev.changeover.toxics.wording.Wording;
import dev.changeover.toxics.wording.Wordings;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The parameter `wording`: whose words a refusal is in, of the vendors that are known to refuse so.
final class Worded {

    private static final String NAME = "wording";

    private Worded() {}

    /// OpenAI's words unless given; where it has none, those of the first vendor that has.
    static Parameter by(Refusal refusal) {
        SequencedMap<String, Wording> words = wordings(refusal);
        return Parameter.given(
                NAME,
                new OneOf(words.sequencedKeySet().stream().toList()),
                words.firstEntry().getKey(),
                "whose words it is said in");
    }

    static Wording of(Arguments arguments, Refusal refusal) {
        return arguments.oneOf(NAME, wordings(refusal));
    }

    private static SequencedMap<String, Wording> wordings(Refusal refusal) {
        SequencedMap<String, Wording> words = new LinkedHashMap<>();
        for (Vendor vendor : Wordings.vendorsOf(refusal)) {
            words.put(vendor.word(), Wordings.find(vendor, refusal).orElseThrow());
        }
        return words;
    }
}
