/// The toxics: what can be done to the bytes of a connection, as values. Knows no sockets, no HTTP, no LLMs.
package dev.changeover.toxics.toxic;
