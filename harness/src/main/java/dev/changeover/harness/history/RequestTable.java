package dev.changeover.harness.history;

import java.util.AbstractList;
import java.util.RandomAccess;

/// Requests kept by column; a record is made of a row whenever it is asked for.
final class RequestTable extends AbstractList<Event.Request> implements RandomAccess {

    private final IdColumns id = new IdColumns();
    private final ArmColumn arm = new ArmColumn();
    private final Values<String> conversation = new Values<>();
    private final Values<String> model = new Values<>();
    private final Column stream = new Column();
    private final TimingColumns timing = new TimingColumns();
    private final GapColumns gaps = new GapColumns();
    private final Column status = new Column();
    private final OutcomeColumn outcome = new OutcomeColumn();
    private final UsageColumns usage = new UsageColumns();
    private final Column countedOutput = new Column();
    private final Column question = new Column();

    @Override
    public boolean add(Event.Request row) {
        id.add(row.id());
        arm.add(row.arm());
        conversation.add(row.conversation());
        model.add(row.model());
        stream.add(row.stream());
        timing.add(row.timing());
        gaps.add(row.gaps());
        status.add(row.status());
        outcome.add(row.outcome());
        usage.add(row.usage());
        countedOutput.add(row.countedOutput());
        question.add(row.question());
        return true;
    }

    @Override
    public int size() {
        return stream.size();
    }

    @Override
    public Event.Request get(int i) {
        return new Event.Request(
                id.get(i),
                arm.optional(i),
                conversation.get(i),
                model.get(i),
                stream.flag(i),
                timing.get(i),
                gaps.get(i),
                status.optionalInt(i),
                outcome.get(i),
                usage.get(i),
                countedOutput.optional(i),
                question.optional(i));
    }
}
