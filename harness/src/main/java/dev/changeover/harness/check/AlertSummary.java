package dev.changeover.harness.check;

import dev.changeover.harness.scenario.Alerts;
import java.util.OptionalDouble;

/// Whether an alert rule would have fired for a fault.
///
/// @param fault and
/// @param on which provider, and
/// @param index of the fault in the scenario
/// @param afterMillis from the fault in force until it fired; empty: it did not
/// @param why it fired, or did not, as a clause
public record AlertSummary(
        Alerts.Rule rule, int index, String fault, String on, OptionalDouble afterMillis, String why) {}
