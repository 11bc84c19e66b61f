package dev.changeover.harness.measurement;

import java.nio.file.Path;
import java.util.List;

/// The calls of a file that a provider can be fitted to, in the order of their times where they have them.
///
/// @param sha256 of the file as it lies on the disk, in lower-case hex
/// @param format its name
/// @param calls with times from the first of them, or from the start of the window; at most [#MOST_CALLS]
/// @param usable how many there were, of which `calls` may be an even sample
/// @param leftOut the other rows by reason, for people; empty for none
/// @param notes what whoever uses it should know
public record Measurement(
        Path file,
        String sha256,
        String format,
        List<MeasuredCall> calls,
        long usable,
        String leftOut,
        List<String> notes) {

    /// More are sampled: 200,000 tell a distribution to a third of a percent (the 95 % bound on a KS distance is
    /// `1.36 / sqrt(n)`).
    public static final int MOST_CALLS = 200_000;

    public Measurement {
        calls = List.copyOf(calls);
        notes = List.copyOf(notes);
    }

    public boolean sampled() {
        return usable > calls.size();
    }

    public List<MeasuredCall> served() {
        return calls.stream().filter(MeasuredCall::isServed).toList();
    }

    public List<MeasuredCall> failed() {
        return calls.stream().filter(call -> !call.isServed()).toList();
    }

    /// Whether every call has a time, so that what was when can be told.
    public boolean timed() {
        return calls.stream().allMatch(call -> call.atNanos().isPresent());
    }

    /// From the first call to the last; 0 where they have no times.
    public long spanNanos() {
        return timed() && !calls.isEmpty() ? calls.getLast().atNanos().orElse(0) : 0;
    }
}
