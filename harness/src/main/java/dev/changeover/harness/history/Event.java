package dev.changeover.harness.history;

import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Usage;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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
    /// @param planned requests due, in all; in a closed loop, those that callers find
    /// @param arrived requests of the window, those too that a sample leaves out
    /// @param spanNanos from t0 to the end of the timeline; 0 where only the end of the run tells
    /// @param evidence by arm: `simulated`, `stubbed`, `recorded` or `real`
    /// @param generatedBodies whether request bodies were made from token counts
    /// @param fitted by arm, of simulated providers that are like a measured one
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
            long arrived,
            long spanNanos,
            SortedMap<String, String> evidence,
            boolean generatedBodies,
            SortedMap<String, Fitted> fitted)
            implements Event {

        /// Of a run that leaves nothing out, and without providers that are fitted to anything.
        public RunStarted(
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
                boolean generatedBodies) {
            this(
                    version,
                    scenarioYaml,
                    startedAt,
                    jdk,
                    machine,
                    cores,
                    toxiproxy,
                    trace,
                    planned,
                    planned,
                    spanNanos,
                    evidence,
                    generatedBodies,
                    Collections.emptySortedMap());
        }
    }

    /// The measurement that a simulated provider was fitted to, and how well.
    ///
    /// @param file its name
    /// @param sha256 of it, in lower-case hex
    /// @param play how it was played, in words
    /// @param served calls that it was fitted to
    /// @param ksTtft distance of Kolmogorov and Smirnov between measured and simulated times to first token
    /// @param ksRate the same of tokens a second; empty where they were not measured
    record Fitted(String file, String sha256, String play, long served, double ksTtft, OptionalDouble ksRate) {}

    /// What the metrics see of a request or a call, whoever wrote it down.
    sealed interface Exchange extends Event {

        boolean stream();

        Timing timing();

        Outcome outcome();

        Usage usage();

        OptionalLong countedOutput();

        /// It was sent, nothing conclusive came back, and its work may have been done and billed.
        default boolean mayBeBilled() {
            return outcome() instanceof Outcome.Failed(var kind) && kind.mayBeBilled() && !timing().neverSent();
        }

        /// Empty too where nobody looked.
        default Optional<Gaps> gaps() {
            return Optional.empty();
        }
    }

    /// A request of the trace, as the client that sent it saw it end. `arm` is there when it went straight to one.
    ///
    /// @param gaps between chunks with content; empty for answers that came whole
    /// @param countedOutput output tokens by our own count (o200k); empty where no text came
    /// @param question see [dev.changeover.harness.wire.ChatRequest#questionHash]; empty in old histories
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
            OptionalLong countedOutput,
            OptionalLong question)
            implements Exchange {}

    /// A row of the ledger: a call that reached a provider, as the tap beside it saw it.
    ///
    /// @param id empty when the gateway dropped it
    /// @param delivered whether every byte of the answer was handed to the side that asked
    /// @param faults that struck it at the level of HTTP, by index
    /// @param question as of the request; empty where the body is no chat completion, and in old histories
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
            List<Strike> faults,
            OptionalLong question)
            implements Exchange {
        public UpstreamCall {
            faults = List.copyOf(faults);
        }
    }

    /// A fault that did something to a call.
    ///
    /// @param index of the fault in the scenario, from 0; empty in old histories
    record Strike(OptionalInt index, String fault) {

        public static Strike of(int index, String fault) {
            return new Strike(OptionalInt.of(index), fault);
        }

        /// By its index; in old histories by its name.
        public boolean isBy(int faultIndex, String faultName) {
            return index.isPresent() ? index.getAsInt() == faultIndex : fault.equals(faultName);
        }
    }

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
        /// One that comes and goes is away for a turn.
        PAUSED,
        /// It is back.
        RESUMED,
        LIFTING,
        GONE
    }

    /// A breaker or a health check of the gateway changed its mind about a provider.
    record Transition(Kind kind, Arm arm, String from, String to, long atNanos) implements Event {
        public enum Kind {
            BREAKER,
            HEALTH
        }

        /// Whether it leaves the provider with less than all of its traffic.
        public boolean keepsOut() {
            return !to.equals("closed") && !to.equals("healthy");
        }
    }

    /// A health probe of the gateway.
    record Probe(Arm arm, long atNanos, long doneNanos, boolean healthy) implements Event {}

    /// A step in giving the new provider another share of the traffic.
    ///
    /// @param toNew 0 to 1
    /// @param detail what went wrong; empty when nothing did
    record Weight(double toNew, WeightStep step, WeightCause cause, String detail, long atNanos) implements Event {}

    enum WeightStep {
        ASKED,
        IN_FORCE,
        FAILED
    }

    enum WeightCause {
        ROLLOUT,
        ROLLBACK,
        /// The end of the run: a gateway that is not ours gets back what it had.
        RESTORE
    }

    /// What the rollout's test had seen and said, told about once a second.
    ///
    /// @param phase from 0
    /// @param eValue the mean of the other two: 20 or more rolls back
    /// @param oldSeen conversations of the old provider that ended with or without an error
    /// @param oldSlow those of them that had an answer slower than the threshold
    /// @param unlabelled errors that could be laid to neither provider, and count for nothing
    record Evidence(
            int phase,
            double eValue,
            double eErrors,
            double eSlow,
            long oldSeen,
            long oldErrors,
            long oldSlow,
            long newSeen,
            long newErrors,
            long newSlow,
            long unlabelled,
            long atNanos)
            implements Event {}

    /// What was decided about a phase of the rollout.
    ///
    /// @param phase from 0
    /// @param weight of the phase, 0 to 1
    record PhaseEnd(int phase, double weight, PhaseDecision decision, String why, double eValue, long atNanos)
            implements Event {}

    enum PhaseDecision {
        /// On to the next; the last phase: it stands.
        PROMOTED,
        /// It goes on as it is, for now or to the end.
        HELD,
        ROLLED_BACK
    }

    /// A step of the way back to the old provider.
    record Rollback(RollbackStep step, String detail, long atNanos) implements Event {}

    enum RollbackStep {
        TRIGGERED,
        SCRIPT_STARTED,
        /// It said so itself, by its exit code.
        SCRIPT_SUCCEEDED,
        SCRIPT_FAILED,
        /// It took longer than its patience, and was killed.
        SCRIPT_HUNG,
        /// Ours: the gateway took the weight.
        WEIGHT_SET,
        /// Ours: the gateway did not take the weight.
        WEIGHT_REFUSED
    }

    /// A look of ours at the gateway's own health page.
    ///
    /// @param status empty: no answer
    record GatewayHealth(long atNanos, long doneNanos, OptionalInt status) implements Event {}

    /// A read of the gateway's metrics, as its monitoring would do it.
    ///
    /// @param status empty: no answer
    record Scrape(long atNanos, OptionalInt status) implements Event {}

    /// The bytes of one of the gateway's configuration files.
    ///
    /// @param digest SHA-256 in hex; empty: the file is not there
    record Configuration(String file, String digest, ConfigurationMoment when, long atNanos) implements Event {}

    enum ConfigurationMoment {
        /// Before anything was changed.
        BEFORE,
        /// After the rollback.
        ROLLED_BACK,
        /// After the run put everything back.
        RESTORED
    }

    /// A step in the life of a gateway that is a program of its own.
    record GatewayProcess(ProcessStep step, String detail, long atNanos) implements Event {}

    enum ProcessStep {
        STARTED,
        READY,
        NOT_READY,
        /// By itself, in the middle of the run.
        DIED,
        STOPPED,
        /// It would not stop, and was killed.
        KILLED,
        /// It left a child behind, which was killed.
        LEFT_BEHIND
    }

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
            /// The gateway under test never became ready: nothing was sent.
            GATEWAY_NOT_READY,
            TESTBED_FAILED
        }
    }

    /// When things happened to a request. Due is when it should have left; for a ledger row, due and sent are when
    /// it arrived at the tap.
    ///
    /// @param releasedNanos when one that was held back in the caller's own queue was let go; one whose wait lasted
    ///     until it was done was never sent, and sent is then the same moment. Empty: nothing held it back
    /// @param firstTokenNanos the first chunk that carries content, reasoning or a tool call
    /// @param lastTokenNanos the last such chunk
    record Timing(
            long dueNanos,
            OptionalLong releasedNanos,
            long sentNanos,
            OptionalLong firstByteNanos,
            OptionalLong firstTokenNanos,
            OptionalLong lastTokenNanos,
            long doneNanos) {

        /// Of one that nothing held back.
        public Timing(
                long dueNanos,
                long sentNanos,
                OptionalLong firstByteNanos,
                OptionalLong firstTokenNanos,
                OptionalLong lastTokenNanos,
                long doneNanos) {
            this(dueNanos, OptionalLong.empty(), sentNanos, firstByteNanos, firstTokenNanos, lastTokenNanos, doneNanos);
        }

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

        /// How long it waited in the caller's own queue; a part of its latency.
        public long queuedNanos() {
            return releasedNanos.orElse(dueNanos) - dueNanos;
        }

        /// How late the harness sent it, once it might go.
        public long latenessNanos() {
            return sentNanos - releasedNanos.orElse(dueNanos);
        }

        public boolean neverSent() {
            return releasedNanos.isPresent() && releasedNanos.getAsLong() == doneNanos;
        }
    }

    /// The gaps between one stream's chunks with content, summarised.
    record Gaps(int count, long meanNanos, long p50Nanos, long p95Nanos, long maxNanos) {}
}
