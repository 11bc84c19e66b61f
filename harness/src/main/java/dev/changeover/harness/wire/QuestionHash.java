package dev.changeover.harness.wire;

import dev.changeover.harness.units.Hash;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// FNV-1a over the canonical form of a JSON tree: the keys of objects sorted, numbers by value, every text with its
/// length before it, every value with its type.
final class QuestionHash {

    private static final Set<String> NOT_ASKED = Set.of("model", "user", "stream", "stream_options");

    private static final long WITHIN_RANGE = 1_000_000;

    private long hash = 0xcbf29ce484222325L;

    private QuestionHash() {}

    /// Never the least `long`, which columns of the history take for absent.
    static long of(ObjectNode body) {
        QuestionHash question = new QuestionHash();
        question.object(body, NOT_ASKED);
        long mixed = Hash.mix(question.hash);
        return mixed == Long.MIN_VALUE ? Long.MAX_VALUE : mixed;
    }

    private void value(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object((ObjectNode) node, Set.of());
            case ARRAY -> {
                add('[');
                add(node.size());
                for (JsonNode element : node) {
                    value(element);
                }
            }
            case STRING -> {
                add('"');
                text(node.stringValue());
            }
            case NUMBER -> number(node.decimalValue());
            case BOOLEAN -> add(node.booleanValue() ? 't' : 'f');
            case NULL -> add('n');
            case BINARY, MISSING, POJO ->
                throw new IllegalStateException("not of a parsed body: " + node.getNodeType());
        }
    }

    private void object(ObjectNode node, Set<String> without) {
        List<String> names = new ArrayList<>(node.propertyNames());
        if (!without.isEmpty()) {
            names.removeAll(without);
        }
        names.sort(null);
        add('{');
        add(names.size());
        for (String name : names) {
            text(name);
            value(node.get(name));
        }
    }

    private void number(BigDecimal number) {
        // stripping the zeros of one at the end of the range throws
        BigDecimal plain = Math.abs((long) number.scale()) < WITHIN_RANGE ? number.stripTrailingZeros() : number;
        add('0');
        add(plain.scale());
        text(plain.unscaledValue().toString());
    }

    private void text(String text) {
        add(text.length());
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
    }

    private void add(int unit) {
        hash = (hash ^ unit) * 0x100000001b3L;
    }
}
