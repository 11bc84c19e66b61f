package dev.changeover.harness.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A YAML document without anchors, in which everything knows where it was written. Settings change it in place.
sealed interface Tree {

    Place place();

    /// What it is, for messages.
    String noun();

    record Leaf(Place place, Kind kind, String text) implements Tree {
        private static final int QUOTED = 60;
        private static final Pattern CREDENTIALS = Pattern.compile("://[^/\\s]*@");

        /// A file that is no scenario at all may be one long text, of which the beginning is enough. An address with
        /// credentials is not quoted.
        @Override
        public String noun() {
            if (kind == Kind.NULL) {
                return "nothing";
            }
            if (CREDENTIALS.matcher(text).find()) {
                return "an address with credentials in it";
            }
            return text.length() <= QUOTED ? "'" + text + "'" : "'" + text.substring(0, QUOTED) + "...'";
        }
    }

    record Rows(Place place, List<Tree> items) implements Tree {
        @Override
        public String noun() {
            return "a list";
        }
    }

    record Branch(Place place, Map<String, Entry> entries) implements Tree {
        static Branch empty(Place place) {
            return new Branch(place, new LinkedHashMap<>());
        }

        @Override
        public String noun() {
            return "a mapping";
        }
    }

    /// @param keyPlace of the key; the value has its own
    record Entry(Place keyPlace, Tree value) {}

    enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        NULL
    }
}
