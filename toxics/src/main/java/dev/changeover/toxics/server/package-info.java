/// The embedded Toxiproxy: its HTTP API, and the pipes that carry bytes through toxics.
package dev.changeover.toxics.server;
