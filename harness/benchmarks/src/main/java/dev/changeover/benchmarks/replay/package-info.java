/// Measures the replay client beside other clients, each in a process of its own, in one run.
///
/// `ReplayBenchmark` is the program. A `Contender` is a client, a `Load` is what it is told to do, a `Server` takes it:
/// the `Mock` or `Nginx`. `Run` watches from outside; `Truth` holds what the mock saw against what the client `Seen`.
/// May use the harness.
package dev.changeover.benchmarks.replay;
