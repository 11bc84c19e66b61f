/// The toxics: what can be done to the bytes of a connection, as values.
///
/// Knows no sockets, no server, no HTTP, no LLMs: the JDK's values only.
package dev.changeover.toxics.toxic;
