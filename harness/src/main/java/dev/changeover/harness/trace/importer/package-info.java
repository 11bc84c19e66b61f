/// Formats of recorded traffic that are not ours: each turned into the same stream of requests, in the order of their
/// arrival, read as it is asked for.
///
/// Every format is named in `Importers`. A row that cannot be replayed is counted with its reason, never dropped
/// unseen. May use units, wire and trace.
package dev.changeover.harness.trace.importer;
