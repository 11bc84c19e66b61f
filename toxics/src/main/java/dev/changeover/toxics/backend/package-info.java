/// Toxiproxy servers to inject faults with; each is driven through the Toxiproxy Java client, whatever it runs on.
package dev.changeover.toxics.backend;
