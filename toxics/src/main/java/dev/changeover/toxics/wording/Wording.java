package dev.changeover.toxics.wording;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// How one vendor words one refusal.
///
/// @param headers by their names in small letters
/// @param body a JSON object; `{model}` in it stands for the model that was asked for
public record Wording(Source source, int status, SortedMap<String, String> headers, String body) {

    /// How we know.
    public enum Source {
        /// From a recorded answer: the same status, content type, shape and words.
        RECORDED,
        /// From an answer that people copied into public threads, which a collection of such answers holds.
        REPORTED,
        /// From what the vendor's pages and public threads say; no recorded answer was found to hold it to.
        DOCUMENTED,
        /// The status is known; the body is ours, in the shape of the vendor's other answers.
        ASSUMED
    }

    public Wording {
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    /// The same, which says this wait wherever the vendor tells one.
    public Wording asking(Duration wait) {
        SortedMap<String, String> said = new TreeMap<>();
        headers.forEach((name, value) -> said.put(name, asking(wait, value)));
        return new Wording(source, status, said, asking(wait, body));
    }

    private static String asking(Duration wait, String text) {
        return text.replace("{seconds}", Long.toString(wait.toSeconds()))
                .replace("{millis}", Long.toString(wait.toMillis()));
    }
}
