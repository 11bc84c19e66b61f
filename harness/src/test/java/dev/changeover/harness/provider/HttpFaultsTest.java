package dev.changeover.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Purpose;
import dev.changeover.toxics.catalog.FaultEffect.StruckBy;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.Selection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Which calls are struck.
class HttpFaultsTest {

    private static final HttpFault REFUSAL =
            new HttpFault.Status(500, Map.of(), Optional.empty(), "{}", HttpFault.Calls.ALL);

    private final HttpFaults faults = new HttpFaults(7);

    @Test
    void shareOfRequestsStruckDoesNotDependOnTheirOrder() {
        inject(0, Selection.ofShare(0.3));
        long struck = 0;
        for (int number = 9_999; number >= 0; number--) {
            boolean strikes = strikes(number);
            assertThat(strikes(number)).isEqualTo(strikes);
            struck += strikes ? 1 : 0;
        }
        assertThat(struck).isBetween(2_800L, 3_200L);
    }

    @Test
    void firstCallsAreStruckInTheOrderOfTheirArrivalAndNoneAfter() {
        inject(0, first(2));
        assertThat(strikes(9)).isTrue();
        assertThat(strikes(3)).isTrue();
        assertThat(strikes(4)).isFalse();
    }

    @Test
    void firstCallsAreCountedExactlyHoweverManyComeAtOnce() throws Exception {
        inject(0, first(2_000));
        AtomicLong struck = new AtomicLong();
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
            for (int caller = 0; caller < 8; caller++) {
                callers.submit(() -> {
                    go.await();
                    for (int number = 0; number < 1_000; number++) {
                        struck.addAndGet(strikes(number) ? 1 : 0);
                    }
                    return null;
                });
            }
            go.countDown();
        }
        assertThat(struck).hasValue(2_000);
    }

    @Test
    void callThatAnotherFaultAnswersUsesUpNoFirst() {
        inject(0, Selection.ofShare(1));
        inject(1, first(1));
        assertThat(striker(1)).isZero();
        faults.lift(0);
        assertThat(striker(2)).isEqualTo(1);
        assertThat(strikes(3)).isFalse();
    }

    @Test
    void faultThatComesBackCountsAnew() {
        for (int turn = 0; turn < 3; turn++) {
            inject(0, first(1));
            assertThat(strikes(1)).isTrue();
            assertThat(strikes(2)).isFalse();
            faults.lift(0);
            assertThat(strikes(3)).isFalse();
        }
    }

    private void inject(int index, Selection selection) {
        faults.inject(index, "some", new StruckBy(REFUSAL, selection), 0);
    }

    private static Selection first(long calls) {
        return new Selection(1, 1, Optional.empty(), false, OptionalLong.of(calls));
    }

    private boolean strikes(long number) {
        return strikesOf(number).instead().isPresent();
    }

    private int striker(long number) {
        return strikesOf(number).instead().orElseThrow().by().index();
    }

    private Strikes strikesOf(long number) {
        CallId id = new CallId(Purpose.REQUEST, number);
        TapRequest request = new TapRequest(Optional.of(id), Optional.empty(), true, new byte[0]);
        return faults.striking(new HttpFaults.Arrival(request, 1, new ClientConnection(0), 0));
    }
}
