package dev.changeover.harness.check;

import dev.changeover.harness.scenario.Metric;
import java.util.OptionalDouble;

/// A line of the before/after table.
///
/// @param relative true: change, low and high are relative to old (0.15 = 15 % more); false: differences in the unit
/// @param low lower end of the two-sided 90 % interval of the change: each end is a one-sided 95 % bound
/// @param high upper end of it
public record Difference(
        Metric metric,
        OptionalDouble oldValue,
        OptionalDouble newValue,
        boolean relative,
        OptionalDouble change,
        OptionalDouble low,
        OptionalDouble high) {}
