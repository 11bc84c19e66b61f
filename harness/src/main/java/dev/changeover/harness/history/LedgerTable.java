package dev.changeover.harness.history;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/// The ledger kept by column; a record is made of a row whenever it is asked for.
final class LedgerTable extends AbstractList<Event.UpstreamCall> implements RandomAccess {

    private final IdColumns id = new IdColumns();
    private final ArmColumn arm = new ArmColumn();
    private final Values<String> modelAsked = new Values<>();
    private final Values<String> modelAnswered = new Values<>();
    private final Column stream = new Column();
    private final TimingColumns timing = new TimingColumns();
    private final Column status = new Column();
    private final OutcomeColumn outcome = new OutcomeColumn();
    private final Column delivered = new Column();
    private final UsageColumns usage = new UsageColumns();
    private final Column countedOutput = new Column();
    private final Values<List<Event.Strike>> faults = new Values<>();
    private final Column question = new Column();

    @Override
    public boolean add(Event.UpstreamCall row) {
        id.add(row.id());
        arm.add(row.arm());
        modelAsked.add(row.modelAsked());
        modelAnswered.addOptional(row.modelAnswered());
        stream.add(row.stream());
        timing.add(row.timing());
        status.add(row.status());
        outcome.add(row.outcome());
        delivered.add(row.delivered());
        usage.add(row.usage());
        countedOutput.add(row.countedOutput());
        faults.add(row.faults());
        question.add(row.question());
        return true;
    }

    @Override
    public int size() {
        return stream.size();
    }

    @Override
    public Event.UpstreamCall get(int i) {
        return new Event.UpstreamCall(
                id.optional(i),
                arm.get(i),
                modelAsked.get(i),
                modelAnswered.optional(i),
                stream.flag(i),
                timing.get(i),
                status.optionalInt(i),
                outcome.get(i),
                delivered.flag(i),
                usage.get(i),
                countedOutput.optional(i),
                faults.get(i),
                question.optional(i));
    }
}
