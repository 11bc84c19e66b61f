/// The reference gateway's thin shell of I/O around its policy.
package dev.changeover.harness.gateway.server;
