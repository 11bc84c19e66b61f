package dev.changeover.harness.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.Gateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Requests at the gate in virtual time; each ending is told as `name second outcome`.
class RateGateTest {

    private static final long SECOND = 1_000_000_000L;

    private final Map<RateGate.Ticket, String> waiting = new IdentityHashMap<>();
    private final List<String> told = new ArrayList<>();

    @Test
    void theSixtyFirstOfAMinuteWaitsUntilTheFirstIsAMinuteOld() {
        RateGate gate = gate(60, 0, 10, Duration.ofMinutes(2));
        for (int i = 0; i < 61; i++) {
            arrive(gate, "q" + i, 1, i * SECOND / 2);
        }
        assertThat(told).hasSize(60).allMatch(line -> line.endsWith("through"));

        runUntil(gate, 59 * SECOND);
        assertThat(gate.waiting()).isEqualTo(1);
        runUntil(gate, 60 * SECOND);
        assertThat(told).hasSize(61).last().isEqualTo("q60 60 through");
    }

    @Test
    void aQueueDrainsAsTheMinuteSlides() {
        RateGate gate = gate(2, 0, 10, Duration.ofMinutes(10));
        for (String name : List.of("a", "b", "c", "d", "e")) {
            arrive(gate, name, 1, 0);
        }
        runUntil(gate, 600 * SECOND);

        assertThat(told).containsExactly("a 0 through", "b 0 through", "c 60 through", "d 60 through", "e 120 through");
        assertThat(gate.nextNanos(600 * SECOND)).isEmpty();
    }

    @Test
    void aSmallOneDoesNotOvertakeALargeOne() {
        RateGate gate = gate(0, 100, 10, Duration.ofMinutes(10));
        arrive(gate, "first", 60, 0);
        arrive(gate, "large", 90, SECOND);
        arrive(gate, "small", 10, 2 * SECOND);
        runUntil(gate, 600 * SECOND);

        assertThat(told).containsExactly("first 0 through", "large 60 through", "small 60 through");
    }

    @Test
    void patienceEndsBeforeASlotOpens() {
        RateGate gate = gate(1, 0, 10, Duration.ofSeconds(5));
        arrive(gate, "a", 1, 0);
        arrive(gate, "b", 1, 10 * SECOND);
        runUntil(gate, 100 * SECOND);

        assertThat(told).containsExactly("a 0 through", "b 15 come back at 60");
    }

    @Test
    void aFullQueueSaysWhenAPlaceInItOpens() {
        RateGate gate = gate(1, 0, 1, Duration.ofSeconds(20));
        arrive(gate, "a", 1, 0);
        arrive(gate, "b", 1, 10 * SECOND);
        arrive(gate, "c", 1, 11 * SECOND);

        assertThat(told).containsExactly("a 0 through", "c 11 come back at 30");
    }

    @Test
    void withoutAQueueItIsToldWhenItWouldFit() {
        RateGate gate = gate(0, 100, 0, Duration.ofSeconds(20));
        arrive(gate, "a", 40, 0);
        arrive(gate, "b", 40, 10 * SECOND);
        arrive(gate, "c", 50, 20 * SECOND);
        arrive(gate, "d", 70, 21 * SECOND);

        assertThat(told).containsExactly("a 0 through", "b 10 through", "c 20 come back at 60", "d 21 come back at 70");
    }

    @Test
    void whatIsLargerThanAMinuteIsRefusedAtOnceAlthoughThereIsAQueue() {
        RateGate gate = gate(0, 100, 10, Duration.ofSeconds(20));
        arrive(gate, "a", 101, 0);
        arrive(gate, "b", 100, 0);

        assertThat(told).containsExactly("a 0 never fits 100", "b 0 through");
    }

    @Test
    void whoeverGoesAwayMakesRoomForTheNext() {
        RateGate gate = gate(1, 0, 2, Duration.ofMinutes(10));
        arrive(gate, "a", 1, 0);
        RateGate.Ticket b = arrive(gate, "b", 1, 0);
        arrive(gate, "c", 1, 0);
        gate.left(b);
        arrive(gate, "d", 1, SECOND);
        runUntil(gate, 600 * SECOND);

        assertThat(told).containsExactly("a 0 through", "c 60 through", "d 120 through");
    }

    @Test
    void nothingIsLostAndNobodyOvertakesWhenManyLeave() {
        SplittableRandom random = new SplittableRandom(7);
        RateGate gate = gate(30, 2_000, 200, Duration.ofSeconds(90));
        List<RateGate.Ticket> tickets = new ArrayList<>();
        int arrived = 0;
        int left = 0;
        for (long second = 0; second < 300; second++) {
            runUntil(gate, second * SECOND);
            for (int i = random.nextInt(4); i > 0; i--) {
                RateGate.Ticket ticket =
                        arrive(gate, "q" + 10_000 + arrived++, random.nextInt(1, 200), second * SECOND);
                if (ticket != null) {
                    tickets.add(ticket);
                }
            }
            if (!tickets.isEmpty() && random.nextInt(3) == 0) {
                RateGate.Ticket leaver = tickets.remove(random.nextInt(tickets.size()));
                if (waiting.remove(leaver) != null) {
                    left++;
                    gate.left(leaver);
                }
            }
        }
        runUntil(gate, 1_000 * SECOND);

        assertThat(left).isGreaterThan(30);
        assertThat(gate.waiting()).isZero();
        assertThat(waiting).isEmpty();
        assertThat(told).hasSize(arrived - left);
        assertThat(told.stream().filter(line -> line.endsWith("through")).map(RateGateTest::number))
                .isSorted();
        assertThat(mostInAnyMinute()).isEqualTo(30);
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring("q10000".length(), line.indexOf(' ')));
    }

    private long mostInAnyMinute() {
        List<Long> through = told.stream()
                .filter(line -> line.endsWith("through"))
                .map(line -> Long.parseLong(line.split(" ")[1]))
                .toList();
        return through.stream()
                .mapToLong(from -> through.stream()
                        .filter(at -> at >= from && at < from + 60)
                        .count())
                .max()
                .orElseThrow();
    }

    /// What one that waits is known by, else null.
    private RateGate.Ticket arrive(RateGate gate, String name, long tokens, long now) {
        runUntil(gate, now);
        return switch (gate.arrived(tokens, now)) {
            case RateGate.Decision.Through _ -> tell(name, now, "through");
            case RateGate.Decision.Refused(long comeBack) -> tell(name, now, "come back at " + comeBack / SECOND);
            case RateGate.Decision.NeverFits(long most) -> tell(name, now, "never fits " + most);
            case RateGate.Decision.Wait(RateGate.Ticket ticket) -> {
                waiting.put(ticket, name);
                yield ticket;
            }
        };
    }

    private RateGate.Ticket tell(String name, long now, String outcome) {
        told.add("%s %d %s".formatted(name, now / SECOND, outcome));
        return null;
    }

    private void runUntil(RateGate gate, long end) {
        OptionalLong next = gate.nextNanos(0);
        while (next.isPresent() && next.getAsLong() <= end) {
            long now = next.getAsLong();
            for (RateGate.Ending ending : gate.due(now)) {
                String name = waiting.remove(ending.ticket());
                switch (ending) {
                    case RateGate.Ending.Through _ -> tell(name, now, "through");
                    case RateGate.Ending.Refused refused ->
                        tell(name, now, "come back at " + refused.comeBackNanos() / SECOND);
                }
            }
            next = gate.nextNanos(now);
        }
    }

    private static RateGate gate(long requests, long tokens, int queue, Duration patience) {
        return new RateGate(new Gateway.Limits(positive(requests), positive(tokens), queue, patience));
    }

    private static OptionalLong positive(long limit) {
        return limit > 0 ? OptionalLong.of(limit) : OptionalLong.empty();
    }
}
