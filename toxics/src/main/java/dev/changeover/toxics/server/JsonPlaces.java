package dev.changeover.toxics.server;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/// Where each key and each value of a JSON text stands.
///
/// @param values by pointer
/// @param keys by the pointer of their values
/// @param twice keys that an object has once more than once
record JsonPlaces(
        Map<JsonPointer, TokenStreamLocation> values,
        Map<JsonPointer, TokenStreamLocation> keys,
        Map<JsonPointer, TokenStreamLocation> twice) {

    /// @throws tools.jackson.core.JacksonException when it is no JSON
    static JsonPlaces of(String json, JsonMapper mapper) {
        JsonPlaces places = new JsonPlaces(new HashMap<>(), new HashMap<>(), new LinkedHashMap<>());
        try (JsonParser parser = mapper.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (!token.isStructEnd()) {
                    places.add(token, parser.streamReadContext().pathAsPointer(), parser.currentTokenLocation());
                }
            }
        }
        return places;
    }

    private void add(JsonToken token, JsonPointer pointer, TokenStreamLocation location) {
        if (token != JsonToken.PROPERTY_NAME) {
            values.put(pointer, location);
        } else if (keys.putIfAbsent(pointer, location) != null) {
            twice.put(pointer, location);
        }
    }
}
