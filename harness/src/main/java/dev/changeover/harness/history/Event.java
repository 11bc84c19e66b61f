package dev.changeover.harness.history;

import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Usage;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;

/// One thing that happened. Times are nanoseconds since t0 on the run's clock, written with microseconds.
public sealed interface Event {

    /// The first event of every history: all that judging needs to know of how the run was set up.
    ///
    /// @param scenarioYaml the scenario as resolved, secrets as `${NAME}`
    /// @param startedAt wall clock, ISO 8601, UTC
    /// @param toxiproxy backend and version
    /// @param trace file name and digest of the trace
    /// @param planned requests due, in all
    /// @param spanNanos from t0 to the end of the timeline
    /// @param evidence by arm: `simulated`, `stubbed`, `recorded` or `real`
    /// @param generatedBodies whether request bodies were made from token counts
    record RunStarted(
            String version,
            String scenarioYaml,
            String startedAt,
            String jdk,
            String machine,
            int cores,
            String toxiproxy,
            String trace,
            long planned,
            long spanNanos,
            SortedMap<String, String> evidence,
            boolean generatedBodies)
            implements Event {}

    /// What the metrics see of a request or a call, whoever wrote it down.
    sealed interface Exchange extends Event {

        boolean stream();

        Timing timing();

        Outcome outcome();

        Usage usage();

        OptionalLong countedOutput();

        /// Empty too where nobody looked.
        default Optional<Gaps> gaps() {
            return Optional.empty();
        }
    }

    /// A request of the trace, as the client that sent it saw it end. `arm` is there when it went straight to one.
    ///
    /// @param gaps between chunks with content; empty for answers that came whole
    /// @param countedOutput output tokens by our own count (o200k); empty where no text came
    record Request(
            CallId id,
            Optional<Arm> arm,
            String conversation,
            String model,
            boolean stream,
            Timing timing,
            Optional<Gaps> gaps,
            OptionalInt status,
            Outcome outcome,
            Usage usage,
            OptionalLong countedOutput)
            implements Exchange {}

    /// A row of the ledger: a call that reached a provider, as the tap beside it saw it.
    ///
    /// @param id empty when the gateway dropped it
    /// @param delivered whether every byte of the answer was handed to the side that asked
    /// @param fault the HTTP fault that answered instead of the provider
    record UpstreamCall(
            Optional<CallId> id,
            Arm arm,
            String modelAsked,
            Optional<String> modelAnswered,
            boolean stream,
            Timing timing,
            OptionalInt status,
            Outcome outcome,
            boolean delivered,
            Usage usage,
            OptionalLong countedOutput,
            Optional<String> fault)
            implements Exchange {}

    /// One try of the reference gateway to have a request answered.
    ///
    /// @param number of this request's tries, from 1
    record Attempt(CallId id, Arm arm, int number, long startedNanos, long endedNanos, Outcome outcome)
            implements Event {}

    /// A connection through Toxiproxy that is over, told by the embedded server.
    ///
    /// @param touched by a toxic's name, how many chunks it delayed, dropped or cut
    record Connection(
            Arm arm, long openedNanos, long closedNanos, long bytesUp, long bytesDown, SortedMap<String, Long> touched)
            implements Event {}

    /// A step in the life of a fault.
    ///
    /// @param index of the fault in the scenario, from 0
    record Fault(int index, String fault, Arm on, FaultStep step, long atNanos) implements Event {}

    enum FaultStep {
        ASKED,
        IN_FORCE,
        LIFTING,
        GONE
    }

    /// A breaker or a health check of the gateway changed its mind about a provider.
    record Transition(Kind kind, Arm arm, String from, String to, long atNanos) implements Event {
        public enum Kind {
            BREAKER,
            HEALTH
        }
    }

    /// A health probe of the gateway.
    record Probe(Arm arm, long atNanos, long doneNanos, boolean healthy) implements Event {}

    /// How the harness itself was doing over the last second.
    ///
    /// @param cpuProcess share of all cores that this process used, 0 to 1
    /// @param cpuMachine share of all cores in use, 0 to 1
    /// @param pauseNanos the longest time that a thread which only sleeps was kept from waking
    record Vitals(long atNanos, double cpuProcess, double cpuMachine, long pauseNanos, long heapBytes, int inFlight)
            implements Event {}

    record Warning(long atNanos, String text) implements Event {}

    /// The last event of every history that ended; one that was killed has none.
    record RunEnded(long atNanos, End end, String detail) implements Event {
        public enum End {
            COMPLETED,
            INTERRUPTED,
            BUDGET,
            TESTBED_FAILED
        }
    }

    /// When things happened to a request. Due is when it should have left; for a ledger row, due and sent are when
    /// it arrived at the tap.
    ///
    /// @param firstTokenNanos the first chunk that carries content, reasoning or a tool call
    /// @param lastTokenNanos the last such chunk
    record Timing(
            long dueNanos,
            long sentNanos,
            OptionalLong firstByteNanos,
            OptionalLong firstTokenNanos,
            OptionalLong lastTokenNanos,
            long doneNanos) {

        public long latencyNanos() {
            return doneNanos - dueNanos;
        }

        public long serviceNanos() {
            return doneNanos - sentNanos;
        }

        /// From when it was due to the first token.
        public OptionalLong ttftNanos() {
            return firstTokenNanos.isPresent()
                    ? OptionalLong.of(firstTokenNanos.getAsLong() - dueNanos)
                    : OptionalLong.empty();
        }

        public long latenessNanos() {
            return sentNanos - dueNanos;
        }
    }

    /// The gaps between one stream's chunks with content, summarised.
    record Gaps(int count, long meanNanos, long p50Nanos, long p95Nanos, long maxNanos) {}
}
