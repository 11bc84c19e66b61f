package dev.changeover.harness.scenario;

import dev.changeover.harness.scenario.Tree.Branch;
import dev.changeover.harness.scenario.Tree.Entry;
import dev.changeover.harness.scenario.Tree.Kind;
import dev.changeover.harness.scenario.Tree.Leaf;
import dev.changeover.harness.scenario.Tree.Rows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads YAML into a tree, and refuses what is hostile: too large, too deep, or growing without end by aliases.
final class YamlTree {

    static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NODES = 20_000;

    private final String source;
    private final Path folder;
    private final boolean marked;
    private final List<Problem> problems;
    private int nodes;

    /// @param marked whether lines and columns mean anything to the reader of a problem
    private YamlTree(String source, Path folder, boolean marked, List<Problem> problems) {
        this.source = source;
        this.folder = folder;
        this.marked = marked;
        this.problems = problems;
    }

    /// Empty when there is nothing to go on with; then a problem says why.
    static Optional<Tree> read(String yaml, String source, Path folder, boolean marked, List<Problem> problems) {
        return new YamlTree(source, folder, marked, problems).read(yaml);
    }

    private Optional<Tree> read(String yaml) {
        if (yaml.length() > MAX_BYTES || yaml.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return refuse(nowhere(), "larger than 1 MiB", "a scenario is a page of YAML; is this the right file?");
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setCodePointLimit(MAX_BYTES)
                .build();
        try {
            if (!shallow(new Parse(settings).parseString(yaml))) {
                return Optional.empty();
            }
            Optional<Node> root = new Compose(settings).composeString(yaml);
            return root.isEmpty()
                    ? refuse(
                            nowhere(),
                            "empty",
                            marked ? "write a scenario; docs/scenario.md shows one" : "write a value after the =")
                    : Optional.of(copy(root.get(), 0));
        } catch (MarkedYamlEngineException e) {
            return refuse(
                    place(e.getProblemMark()),
                    "not YAML: " + e.getProblem(),
                    "check quotes, brackets and indentation (spaces, no tabs)");
        } catch (TooMuch e) {
            return refuse(e.place, e.getMessage(), "write it out without aliases");
        } catch (ReaderException _) {
            return refuse(nowhere(), "not YAML: it has characters that YAML forbids", "save it as plain UTF-8 text");
        } catch (YamlEngineException e) {
            return refuse(
                    nowhere(), "not YAML: " + e.getMessage().lines().findFirst().orElse(""), "write it out plainly");
        }
    }

    /// Looks at the events alone, which takes no stack, before anything recursive does.
    private boolean shallow(Iterable<Event> events) {
        int depth = 0;
        int documents = 0;
        for (Event event : events) {
            switch (event.getEventId()) {
                case DocumentStart -> documents++;
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case Alias, Comment, DocumentEnd, Scalar, StreamEnd, StreamStart -> {
                    continue;
                }
            }
            if (documents > 1) {
                problems.add(
                        place(event.getStartMark()).problem("a second document starts", "keep one scenario in a file"));
                return false;
            }
            if (depth > MAX_DEPTH) {
                problems.add(place(event.getStartMark())
                        .problem("nested deeper than %d".formatted(MAX_DEPTH), "no scenario needs that"));
                return false;
            }
        }
        return true;
    }

    private Tree copy(Node node, int depth) {
        Place place = place(node.getStartMark());
        if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
            throw new TooMuch(place);
        }
        return switch (node) {
            case MappingNode mapping -> new Branch(place, entries(mapping, depth));
            case SequenceNode sequence -> {
                List<Tree> items = new ArrayList<>();
                sequence.getValue().forEach(item -> items.add(copy(item, depth + 1)));
                yield new Rows(place, items);
            }
            case ScalarNode scalar -> new Leaf(place, kind(scalar.getTag()), scalar.getValue());
            default -> throw new IllegalStateException("an anchor that was not resolved");
        };
    }

    private Map<String, Entry> entries(MappingNode mapping, int depth) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place place = place(tuple.getKeyNode().getStartMark());
            Tree value = copy(tuple.getValueNode(), depth + 1);
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(place.problem("a key that is no plain word", "write key: value"));
            } else if (entries.putIfAbsent(key.getValue(), new Entry(place, value)) != null) {
                problems.add(place.problem("'%s' is there twice".formatted(key.getValue()), "keep one of the two"));
            }
        }
        return entries;
    }

    private static Kind kind(Tag tag) {
        if (tag.equals(Tag.INT)) {
            return Kind.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Kind.DECIMAL;
        }
        if (tag.equals(Tag.BOOL)) {
            return Kind.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? Kind.NULL : Kind.TEXT;
    }

    private Place place(Optional<Mark> mark) {
        return mark.filter(_ -> marked)
                .map(m -> new Place(source, m.getLine() + 1, m.getColumn() + 1, folder))
                .orElseGet(this::nowhere);
    }

    private Place nowhere() {
        return new Place(source, 0, 0, folder);
    }

    private Optional<Tree> refuse(Place place, String what, String remedy) {
        problems.add(place.problem(what, remedy));
        return Optional.empty();
    }

    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Place place;

        TooMuch(Place place) {
            super("aliases make more than %d values".formatted(MAX_NODES));
            this.place = place;
        }
    }
}
