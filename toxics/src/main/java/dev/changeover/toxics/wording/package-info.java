/// What vendors say when they refuse, as values: a file of JSON a vendor among the resources.
///
/// Knows nothing of faults, the tap or HTTP servers: the JDK and a JSON reader only.
package dev.changeover.toxics.wording;
