package dev.changeover.harness.trace.importer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Where the elements of JSON documents lie, and what a format wants of them.
///
/// @param paths of the elements, for people
/// @param document what lies in it
/// @param documentsToo whether a document with nothing at the paths is an element itself
record JsonLayout(String paths, Place document, boolean documentsToo, JsonTree.Wanted wanted) {

    static final String EACH = "[]";

    /// What may lie in an object or a list, by its name.
    record Place(Map<String, Place> within) {

        boolean isElement() {
            return within.isEmpty();
        }

        boolean isList() {
            return within.containsKey(EACH);
        }
    }

    /// Each document is an element.
    static JsonLayout documents() {
        return at();
    }

    /// Elements lie there, or are documents themselves.
    ///
    /// @param paths for example `resourceSpans[].scopeSpans[].spans[]`
    static JsonLayout at(String... paths) {
        return of(List.of(paths), true);
    }

    /// Elements lie there and nowhere else.
    static JsonLayout onlyAt(String path) {
        return of(List.of(path), false);
    }

    /// The same, with what is not wanted passed over unread.
    JsonLayout wanting(JsonTree.Wanted less) {
        return new JsonLayout(paths, document, documentsToo, less);
    }

    private static JsonLayout of(List<String> paths, boolean documentsToo) {
        Place document = new Place(new HashMap<>());
        for (String path : paths) {
            Place place = document;
            for (String name : path.replace(EACH, "." + EACH).split("\\.")) {
                place = place.within().computeIfAbsent(name, _ -> new Place(new HashMap<>()));
            }
        }
        String told = paths.stream().map(path -> path.replace(EACH, "")).collect(Collectors.joining(" or "));
        return new JsonLayout(told, document, documentsToo, (_, _) -> true);
    }
}
