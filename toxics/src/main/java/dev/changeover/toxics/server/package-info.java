/// The embedded Toxiproxy: its HTTP API, and the pipes that carry bytes through toxics.
///
/// Two threads: `control` carries out API calls one after the other, the data loop owns every connection. A toxic
/// is a value of `toxic` plus a `Stage` here, named in `Stages` and written to JSON in `ToxicAttributes`.
/// May use toxic, Netty, Vert.x, Jackson and the Prometheus text format; never backend, catalog, http or wording: it
/// is driven through its API.
package dev.changeover.toxics.server;
