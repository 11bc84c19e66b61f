/// Records traffic as it runs: a streaming reverse proxy before one provider, and the writing of what passed, off its
/// loop. May use redaction, trace, proxy, wire and units; never scenario: it is used where there is none.
package dev.changeover.harness.recorder;
