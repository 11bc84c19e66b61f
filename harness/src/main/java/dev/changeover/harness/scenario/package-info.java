/// What is to be rehearsed, as values that are checked when they are made; and the YAML that they are read from.
/// May use units, dialect, stubs (to look at a folder of them), the fault catalog and how a Toxiproxy is named; starts
/// nothing.
package dev.changeover.harness.scenario;
