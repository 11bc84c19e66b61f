/// One request of each kind to each provider, through the proxies of a run: what differs, before any traffic is sent.
/// May start a testbed without a gateway; never judges.
package dev.changeover.harness.probe;
