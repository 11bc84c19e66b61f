package dev.changeover.harness.history;

/// When things happened, by column.
final class TimingColumns {

    private final Column due = new Column();
    private final Column released = new Column();
    private final Column sent = new Column();
    private final Column firstByte = new Column();
    private final Column firstToken = new Column();
    private final Column lastToken = new Column();
    private final Column done = new Column();

    void add(Event.Timing timing) {
        due.add(timing.dueNanos());
        released.add(timing.releasedNanos());
        sent.add(timing.sentNanos());
        firstByte.add(timing.firstByteNanos());
        firstToken.add(timing.firstTokenNanos());
        lastToken.add(timing.lastTokenNanos());
        done.add(timing.doneNanos());
    }

    Event.Timing get(int i) {
        return new Event.Timing(
                due.get(i),
                released.optional(i),
                sent.get(i),
                firstByte.optional(i),
                firstToken.optional(i),
                lastToken.optional(i),
                done.get(i));
    }
}
