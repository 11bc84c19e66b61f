package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Usage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One side's requests or calls, by index: all that the metrics see of them, whoever wrote them down.
interface Rows {

    int size();

    Event.Timing timing(int i);

    Outcome outcome(int i);

    boolean stream(int i);

    Optional<Event.Gaps> gaps(int i);

    Usage usage(int i);

    OptionalLong countedOutput(int i);

    /// Whose request it is; empty where that is not known and every row stands for itself.
    Optional<String> conversation(int i);

    /// As the clients saw it.
    record OfClients(List<Event.Request> requests) implements Rows {
        @Override
        public int size() {
            return requests.size();
        }

        @Override
        public Event.Timing timing(int i) {
            return requests.get(i).timing();
        }

        @Override
        public Outcome outcome(int i) {
            return requests.get(i).outcome();
        }

        @Override
        public boolean stream(int i) {
            return requests.get(i).stream();
        }

        @Override
        public Optional<Event.Gaps> gaps(int i) {
            return requests.get(i).gaps();
        }

        @Override
        public Usage usage(int i) {
            return requests.get(i).usage();
        }

        @Override
        public OptionalLong countedOutput(int i) {
            return requests.get(i).countedOutput();
        }

        @Override
        public Optional<String> conversation(int i) {
            return Optional.of(requests.get(i).conversation());
        }
    }

    /// As a tap saw it.
    record OfLedger(List<Event.UpstreamCall> calls) implements Rows {
        @Override
        public int size() {
            return calls.size();
        }

        @Override
        public Event.Timing timing(int i) {
            return calls.get(i).timing();
        }

        @Override
        public Outcome outcome(int i) {
            return calls.get(i).outcome();
        }

        @Override
        public boolean stream(int i) {
            return calls.get(i).stream();
        }

        @Override
        public Optional<Event.Gaps> gaps(int i) {
            return Optional.empty();
        }

        @Override
        public Usage usage(int i) {
            return calls.get(i).usage();
        }

        @Override
        public OptionalLong countedOutput(int i) {
            return calls.get(i).countedOutput();
        }

        @Override
        public Optional<String> conversation(int i) {
            return Optional.empty();
        }
    }
}
