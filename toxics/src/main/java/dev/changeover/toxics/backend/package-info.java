/// Toxiproxy servers to inject faults with; each is driven through the Toxiproxy Java client, whatever it runs on.
///
/// May use all of this module; never Netty or Vert.x: the embedded server too is reached by its API.
package dev.changeover.toxics.backend;
