package dev.changeover.harness.wire;

import java.util.OptionalLong;

/// Tokens of one answer as its provider metered them; empty where it did not say.
public record Usage(OptionalLong input, OptionalLong output, OptionalLong cached) {

    public static final Usage UNKNOWN = new Usage(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    public static Usage of(long input, long output, long cached) {
        return new Usage(OptionalLong.of(input), OptionalLong.of(output), OptionalLong.of(cached));
    }
}
