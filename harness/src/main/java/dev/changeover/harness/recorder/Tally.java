package dev.changeover.harness.recorder;

import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a recording stands. For several threads.
public final class Tally {

    private static final int MOST_CONVERSATIONS = 1_000_000;

    private final SortedMap<String, Long> leftOut = new TreeMap<>();
    private final Set<Long> conversations = new HashSet<>();
    private long written;
    private long unanswered;
    private long cancelled;
    private long notSampled;
    private long lost;
    private long passed;
    private long bytes;
    private int files = 1;

    /// @param written requests
    /// @param conversations that they belong to; past 1,000,000 no more are counted
    /// @param unanswered of them: no answer came, or the recorder ended before
    /// @param cancelled of them: their caller left
    /// @param notSampled chat completions of other conversations
    /// @param leftOut chat completions that cannot be written, by reason
    /// @param lost chat completions that could not be written in time, or at all
    /// @param passed requests that are no chat completions
    public record Counts(
            long written,
            long conversations,
            long unanswered,
            long cancelled,
            long notSampled,
            SortedMap<String, Long> leftOut,
            long lost,
            long passed,
            long bytes,
            int files) {}

    public synchronized Counts counts() {
        return new Counts(
                written,
                conversations.size(),
                unanswered,
                cancelled,
                notSampled,
                new TreeMap<>(leftOut),
                lost,
                passed,
                bytes,
                files);
    }

    synchronized void wrote(long conversation, long bytesSoFar, int filesSoFar, EndedCall call) {
        written++;
        unanswered += call.status().isEmpty() && call.cancelledNanos().isEmpty() ? 1 : 0;
        cancelled += call.cancelledNanos().isPresent() ? 1 : 0;
        bytes = bytesSoFar;
        files = filesSoFar;
        if (conversations.size() < MOST_CONVERSATIONS) {
            conversations.add(conversation);
        }
    }

    synchronized void leftOut(String why) {
        leftOut.merge(why, 1L, Long::sum);
    }

    synchronized void notSampled() {
        notSampled++;
    }

    synchronized void lost() {
        lost++;
    }

    synchronized void passed() {
        passed++;
    }
}
