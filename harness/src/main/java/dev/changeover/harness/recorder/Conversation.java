package dev.changeover.harness.recorder;

import dev.changeover.harness.units.Hash;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.wire.ChatRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which conversation a request belongs to.
///
/// Where its caller names one, that: in the header `x-changeover-conversation`, in `metadata`, or beside `model`. Else
/// the requests that begin alike: chat requests repeat their history, so those of a dialogue share their user, and all
/// messages up to the first of the user's.
///
/// @param key not to be written down: it holds texts
record Conversation(String key) {

    private static final List<String> NAMES = List.of("conversation_id", "session_id", "thread_id");

    static Conversation of(Optional<String> header, ChatRequest asked) {
        ObjectNode body = asked.tree();
        return new Conversation(
                header.or(() -> named(body)).map(name -> "named " + name).orElseGet(() -> opening(body)));
    }

    private static Optional<String> named(ObjectNode body) {
        return Stream.of(body.path("metadata"), body)
                .flatMap(place -> NAMES.stream().map(place::path))
                .filter(name -> name.isString() && !name.stringValue().isBlank())
                .map(JsonNode::stringValue)
                .findFirst();
    }

    private static String opening(ObjectNode body) {
        StringBuilder opening = new StringBuilder("opened by ").append(body.path("user"));
        for (JsonNode message : body.path("messages")) {
            opening.append('\n').append(message);
            if (message.path("role").asString("").equals("user")) {
                break;
            }
        }
        return opening.toString();
    }

    /// The same for the same conversation, in every recording.
    boolean isWithin(Share sample) {
        return Hash.unit(Hash.mix(Hash.of(key))) < sample.value();
    }

    long hash() {
        return Hash.mix(Hash.of(key));
    }
}
