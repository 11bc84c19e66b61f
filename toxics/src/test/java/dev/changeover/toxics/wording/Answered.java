package dev.changeover.toxics.wording;

import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// What a vendor answered once, as somebody wrote it down.
///
/// @param headers by their names in small letters; empty where nobody wrote them down
/// @param model that was asked for
record Answered(OptionalInt status, Map<String, String> headers, JsonNode body, String model) {}
