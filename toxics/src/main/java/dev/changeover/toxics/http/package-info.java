/// Faults at the level of HTTP, as values: what a provider answers when it fails politely. The tap carries them out.
package dev.changeover.toxics.http;
