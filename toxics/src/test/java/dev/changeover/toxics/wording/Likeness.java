package dev.changeover.toxics.wording;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// In what our wording differs from an answer of the vendor's: nothing but names, numbers, keys and ids may.
final class Likeness {

    private static final Set<String> OF_A_REQUEST = Set.of("user_id", "request_id", "location");
    private static final Set<String> EXACT = Set.of("type", "code", "status", "reason", "@type", "object");

    private final String model;
    private final List<String> differences = new ArrayList<>();

    private Likeness(String model) {
        this.model = model;
    }

    /// Empty where they are alike.
    static List<String> differences(Wording ours, Answered theirs) {
        Likeness likeness = new Likeness(theirs.model());
        theirs.status().ifPresent(status -> likeness.same("status", ours.status(), status));
        if (!theirs.headers().isEmpty()) {
            likeness.headers(ours, theirs);
        }
        likeness.nodes("", JsonMapper.shared().readTree(ours.body()), theirs.body());
        return likeness.differences;
    }

    /// A recorded answer has all headers that ours has; a reported one only those that people cared for.
    private void headers(Wording ours, Answered theirs) {
        for (String exact : List.of("content-type", "x-should-retry", "www-authenticate")) {
            same(exact, ours.headers().get(exact), theirs.headers().get(exact));
        }
        if (ours.source() == Wording.Source.RECORDED) {
            same(
                    "headers not recorded",
                    without(ours.headers().keySet(), theirs.headers().keySet()),
                    Set.of());
        }
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private void nodes(String at, JsonNode ours, JsonNode theirs) {
        if (ours.getNodeType() != theirs.getNodeType()) {
            same(at + " is", ours.getNodeType(), theirs.getNodeType());
        } else if (ours.isObject()) {
            same(at + " keys", names(ours), names(theirs));
            ours.properties().stream()
                    .filter(entry -> theirs.has(entry.getKey()))
                    .forEach(entry -> nodes(at + "/" + entry.getKey(), entry.getValue(), theirs.path(entry.getKey())));
        } else if (ours.isArray()) {
            same(at + " length", ours.size(), theirs.size());
            for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
                nodes(at + "/" + i, ours.path(i), theirs.path(i));
            }
        } else {
            values(at, ours, theirs);
        }
    }

    private void values(String at, JsonNode ours, JsonNode theirs) {
        String key = at.substring(at.lastIndexOf('/') + 1);
        if (EXACT.contains(key) || !ours.isString()) {
            same(at, ours, theirs);
        } else if (!OF_A_REQUEST.contains(key)) {
            same(at, plain(ours.stringValue()), plain(theirs.stringValue()));
        }
    }

    /// The words without what differs from request to request.
    private String plain(String text) {
        return text.replace(model, "#")
                .replaceAll("(provided: |api key: )[^ ]+?(?=\\.? )", "$1#")
                .replaceAll("\\{\\w+}", "#")
                .replaceAll("[\\w./:*-]*\\d(?:[\\w./:*-]*[\\w*])?", "#");
    }

    private static Set<String> names(JsonNode node) {
        return new TreeSet<>(node.propertyNames());
    }

    private void same(String what, Object ours, Object theirs) {
        if (!String.valueOf(ours).equals(String.valueOf(theirs))) {
            differences.add("%s: ours %s, theirs %s".formatted(what, ours, theirs));
        }
    }
}
