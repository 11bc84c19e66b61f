/// How real providers differ, as one table, and a request written anew for one of them. Pure: no I/O, no clock.
/// May use wire; never scenario, provider or anything that sends.
package dev.changeover.harness.dialect;
