/// Faults inside a good answer: one after another, in the order in which they were put in force, each takes what the
/// one before it lets pass. May use wire; knows no connection, no ledger and no clock.
package dev.changeover.harness.provider.within;
