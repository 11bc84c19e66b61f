package dev.changeover.harness.scenario;

import static dev.changeover.harness.scenario.Scalars.DURATION;

import dev.changeover.harness.scenario.Shape.Key;
import dev.changeover.harness.scenario.Shape.Table;
import dev.changeover.harness.scenario.Shape.Word;
import dev.changeover.harness.units.Arm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What the tables of keys are made of.
final class Keys {

    static final Word ARM = words(Map.entry(Arm.OLD.word(), Arm.OLD), Map.entry(Arm.NEW.word(), Arm.NEW));

    static final Word STICKY =
            words(Map.entry("conversation", Rollout.Sticky.CONVERSATION), Map.entry("request", Rollout.Sticky.REQUEST));

    /// Whether they are kept in order.
    static final Word CONVERSATIONS = words(Map.entry("as-recorded", false), Map.entry("in-order", true));

    private Keys() {}

    static Table deadlines(String connect, String firstToken, String idle) {
        return new Table(List.of(
                given("connect", DURATION, connect, "for the connection"),
                given("first_token", DURATION, firstToken, "to the first content; without SSE to the whole answer"),
                given("idle", DURATION, idle, "between chunks"),
                given("total", DURATION, "60s", "for everything")));
    }

    @SafeVarargs
    static Word words(Map.Entry<String, ?>... entries) {
        SequencedMap<String, Object> words = new LinkedHashMap<>();
        for (Map.Entry<String, ?> entry : entries) {
            words.put(entry.getKey(), entry.getValue());
        }
        return new Word(words);
    }

    static Key needed(String name, Shape shape, String means) {
        return new Key(name, shape, true, Optional.empty(), means);
    }

    static Key given(String name, Shape shape, String fallback, String means) {
        return new Key(name, shape, false, Optional.of(fallback), means);
    }

    static Key maybe(String name, Shape shape, String means) {
        return new Key(name, shape, false, Optional.empty(), means);
    }

    static Key later(String name) {
        return new Key(name, new Shape.Later(), false, Optional.empty(), "not in this version yet");
    }
}
