package dev.changeover.harness.wire;

/// Plain English words that are each exactly one o200k token, at the start of a text and after a space alike.
///
/// A text of `n` of them, separated by single spaces, therefore holds exactly `n` tokens.
public final class Vocabulary {

    private static final String[] WORDS = """
        about above academy account action activity after again against age air almost alone along already
        also although always among anchor another answer appear apply area around art artist ask attention
        audit author avoid away baby back backup balance base basket bear before begin behavior behind best
        better between big bill black blue board body book boy branch bread break bridge bring browser
        budget buffer build building business but button buy cache call camera campaign can candidate
        capital car card care career carry case castle catch cause cell center central certain challenge
        chance change chapter character charge check child choice choose church city civil claim class clear
        client close cloud cluster coach coffee cold collection college color column come commercial commit
        common community company compare compile computer concert condition conference consider consumer
        contain continue control cookie cost could country court cover create critic culture cup current
        customer cut dark data daughter day deal decision deep degree delete deploy describe design desktop
        detail develop difference different direction director discover discussion display doctor dog domain
        door down draw dream drive drop during each early east easy eat economic edge editor education
        effect eight either else employee end energy engine enter especially even event ever every everyone
        everything example exist expect experience expert eye face fact fail failure fall family far fast
        father fear feel few field fight figure fill film filter final finally financial find fine finger
        finish fire firm first fish five floor fly focus follow food foot for force foreign forest forget
        form former forward four free friend from front full fund future game garden gas general generation
        get girl give glass goal good government graph great green ground group grow growth hair half hammer
        hand hang happy hard have head health hear heart heat heavy help her here high him his history hit
        hold home hope horse hospital hot hotel hour house how however human idea identify image impact
        important include including increase index individual industry insert inside instead integer
        interest into investment invoice iron issue item its job join just keep kernel key keyboard kid kind
        knife know knowledge land language large last late later laugh law lay lead leader learn least leave
        lecture ledger left leg legal less lesson let letter level library lie life light like likely line
        linen lion list listen little live local long look lose loss lot love low machine main major make
        man manage management manager many margin mark market material matrix matter may maybe mean measure
        media medical meet meeting member memory mention merge message method metric middle might million
        mind minute mirror miss mission mobile model modern moment money month more most mother motor mouth
        move movement movie much museum music must name nation national natural nature near necessary need
        network never new news next nice night node none nor north not note nothing notice now number occur
        off offer office official often oil old once one only onto open operation option order other others
        our out outside over own owner packet page pain painting paper parent parser part partner party pass
        past patient pattern pay payment peace people perform perhaps period person personal phone physical
        pick picture piece pixel place plan plant plate play player please point pointer policy poor popular
        population port position positive possible power practice prepare present pressure pretty prevent
        price private probably problem process produce product production profile program project property
        protect prove provide proxy public pull purpose push put quality query question queue quite rabbit
        race radio rain raise range rate rather reach read ready real really reason receive recent record
        red reduce reflect region release remain remember remove render report represent request require
        research resource respond response rest result return rich right rise risk river road rock role room
        router rule run safe same sample save say scene schema school science score screen sea season seat
        second section security see seek select sell send sense series serve server service session set
        seven shader shadow shake share she short should show side sign signal silver similar simple since
        sing single sit site six size skill skin small snow social socket some someone something sometimes
        son song soon sort sound source south space special specific speech sport spring staff stage stand
        standard star start state statement station stay steel step still stock stone stop storage store
        storm story strategy stream street string strong structure student study stuff style subject success
        successful such suggest summer support sure surface syntax system table tablet take talk task tax
        teach teacher team technology tell ten term test than thank that the their them then there these
        they thing think third this those though thought thread three through throw thus time today token
        too top total tower town trade training travel tree trial trip true truth try turn two type under
        unit until update upon use usually value vector version very view visit voice vote wait walk wall
        want watch water way wear weather week weight well west western what whatever wheel when where
        whether which while white who whole whose why wide wife will win wind window winter wish with within
        without wolf woman wonder word work worker world would write writer wrong yard yeah year yes yet you
        young your
        """.strip().split("\\s+");

    /// Open addressing: the slot of a word's hash, or a free one after it, holds the word's index + 1.
    private static final short[] SLOTS = slots();

    private Vocabulary() {}

    /// How many words there are.
    public static int size() {
        return WORDS.length;
    }

    /// The word at an index from 0 to `size() - 1`.
    public static String word(int index) {
        return WORDS[index];
    }

    /// How many words a text holds that is nothing but words of this vocabulary separated by single spaces, perhaps
    /// with one space in front; -1 for any other text. Allocates nothing.
    static int countWords(CharSequence text) {
        int length = text.length();
        int words = 0;
        int start = length > 0 && text.charAt(0) == ' ' ? 1 : 0;
        int hash = 0;
        for (int at = start; at <= length; at++) {
            char letter = at == length ? ' ' : text.charAt(at);
            if (letter != ' ') {
                hash = step(hash, letter);
            } else if (at > start && contains(text, start, at, hash)) {
                words++;
                start = at + 1;
                hash = 0;
            } else {
                return -1;
            }
        }
        return words;
    }

    private static boolean contains(CharSequence text, int start, int end, int hash) {
        for (int slot = slot(hash, SLOTS.length); SLOTS[slot] != 0; slot = (slot + 1) & (SLOTS.length - 1)) {
            if (equal(WORDS[SLOTS[slot] - 1], text, start, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equal(String word, CharSequence text, int start, int end) {
        if (word.length() != end - start) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) != text.charAt(start + i)) {
                return false;
            }
        }
        return true;
    }

    private static short[] slots() {
        short[] slots = new short[4 * Integer.highestOneBit(WORDS.length)];
        for (int index = 0; index < WORDS.length; index++) {
            int hash = 0;
            for (int i = 0; i < WORDS[index].length(); i++) {
                hash = step(hash, WORDS[index].charAt(i));
            }
            int slot = slot(hash, slots.length);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = (short) (index + 1);
        }
        return slots;
    }

    private static int step(int hash, char letter) {
        return 31 * hash + letter;
    }

    private static int slot(int hash, int slots) {
        return (hash ^ (hash >>> 15)) & (slots - 1);
    }
}
