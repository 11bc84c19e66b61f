/// What is taken out of traffic before it is written down: a policy for texts, patterns for secrets. Pure: values in,
/// values out; no files, no clocks.
///
/// What is not known to be harmless is a text, and goes by the policy. May use wire.
package dev.changeover.harness.redaction;
