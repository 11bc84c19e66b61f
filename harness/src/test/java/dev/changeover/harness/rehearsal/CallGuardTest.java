package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.provider.Admission;
import dev.changeover.harness.scenario.Budget;
import dev.changeover.harness.units.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallGuardTest {

    private static final long MILLI = 1_000_000;

    private final List<String> cries = new ArrayList<>();
    private long now;

    @Test
    void asManyAsTheBudgetHasAreSentByBothTogether() {
        CallGuard guard = guard(new Budget(Optional.empty(), OptionalLong.of(3), Optional.empty()));
        Admission old = guard.of(Arm.OLD);
        Admission replacement = guard.of(Arm.NEW);

        assertThat(List.of(old.admits(), replacement.admits(), old.admits())).doesNotContain(false);
        assertThat(cries).isEmpty();
        assertThat(List.of(replacement.admits(), old.admits())).doesNotContain(true);
        assertThat(cries).containsExactly("all 3 calls of budget.max_requests were made");
    }

    @Test
    void rateIsThatOfAnySpanAndOfEachProvider() {
        CallGuard guard =
                guard(new Budget(Optional.empty(), OptionalLong.empty(), Optional.of(Budget.Rate.parse("2/s"))));
        Admission old = guard.of(Arm.OLD);

        now = 900 * MILLI;
        assertThat(old.admits()).isTrue();
        now = 1_500 * MILLI;
        assertThat(List.of(old.admits(), guard.of(Arm.NEW).admits())).doesNotContain(false);
        now = 1_900 * MILLI;
        assertThat(old.admits()).as("a second after the first").isTrue();
        now = 2_499 * MILLI;
        assertThat(old.admits()).as("the third within a second").isFalse();
        now = 60_000 * MILLI;
        assertThat(old.admits()).as("the run is over").isFalse();
        assertThat(cries).containsExactly("a call to the old provider would have been past budget.max_rate, 2/s");
    }

    @Test
    void armsThatAreNotCountedAreNotHeldUp() {
        CallGuard guard = new CallGuard(
                new Budget(Optional.empty(), OptionalLong.of(0), Optional.empty()),
                Set.of(Arm.NEW),
                () -> now,
                cries::add);

        assertThat(guard.of(Arm.OLD).admits()).isTrue();
        assertThat(guard.of(Arm.NEW).admits()).isFalse();
    }

    private CallGuard guard(Budget budget) {
        return new CallGuard(budget, Set.of(Arm.OLD, Arm.NEW), () -> now, cries::add);
    }
}
