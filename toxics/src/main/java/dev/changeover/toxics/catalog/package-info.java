/// The named faults: each made of toxics and HTTP faults, with its parameters and where it was seen.
///
/// Values only, checked without anything running: may use toxic, http and wording; never server, backend, Netty or
/// Vert.x.
package dev.changeover.toxics.catalog;
