/// Faults at the level of HTTP, as values: what a provider answers when it fails politely. The tap carries them out.
///
/// Knows no server, no backend, no library: the JDK's values only.
package dev.changeover.toxics.http;
