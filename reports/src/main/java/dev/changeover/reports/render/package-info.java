/// Tells a judgement: each report is a pure function of (judgement, history) and the same bytes every time.
/// May use gate, check, history, scenario, wire and units; never provider, gateway.server, replay or rehearsal,
/// and no clock: times come from the history. Only [Reports] touches files.
package dev.changeover.reports.render;
