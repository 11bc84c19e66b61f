/// Measures the embedded Toxiproxy beside the real server, each in a process of its own, in one run.
///
/// `ToxiproxyBenchmark` is the program. A `Contender` is a server under test, a `Way` leads to the `Upstream` directly
/// or through one, a `Load` measures a way (all are in `Loads`), and `Rounds` keeps what was measured.
/// May use Netty, the Toxiproxy Java client and HdrHistogram.
package dev.changeover.benchmarks.toxiproxy;
