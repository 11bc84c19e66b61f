package dev.changeover.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.Selection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Faults of the connection itself: a call on it gets no answer at all.
@Timeout(60)
class ConnectionFaultsTest {

    private static final HttpFault DEAD = new HttpFault.DeadConnections();
    private static final String END = "}}";

    @Test
    void connectionsFromBeforeTheFaultSwallowCallsAndNewerOnesWork() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.WHOLE);
                RawClient before = bench.client()) {
            before.ask(false, 1).readUntil(END);
            bench.row();
            bench.inject(0, DEAD, Selection.ALL);
            before.ask(false, 2);
            bench.awaitWaiting(1);
            try (RawClient since = bench.client()) {
                assertThat(since.ask(false, 3).readUntil(END)).contains("one two three");
            }
            assertThat(bench.row().faults()).isEmpty();
            assertThat(before.hasBytes()).isFalse();
            assertThat(bench.provider.requests).as("what reached the provider").hasSize(2);

            bench.tap.lift(0);
            assertThat(before.readAll()).isEmpty();
            Event.UpstreamCall row = bench.row();
            assertThat(row.outcome()).isEqualTo(new Outcome.Failed(ErrorKind.CONNECTION_RESET));
            assertThat(row.status()).isEmpty();
            assertThat(row.faults()).isEqualTo(TapBench.strikes(0));
        }
    }

    @Test
    void clientMayLeaveADeadConnection() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.WHOLE)) {
            try (RawClient before = bench.client()) {
                before.ask(false).readUntil(END);
                bench.row();
                bench.inject(0, DEAD, Selection.ALL);
                before.ask(false);
                bench.awaitWaiting(1);
            }
            assertThat(bench.row().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(bench.tap.waiting()).isZero();
        }
    }

    @Test
    void healthChecksDieOnADeadConnectionToo() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.WHOLE);
                RawClient before = bench.client()) {
            before.ask(false).readUntil(END);
            bench.row();
            bench.inject(0, DEAD, Selection.ALL);
            before.get("/v1/models");
            bench.awaitWaiting(1);
            bench.tap.lift(0);
            assertThat(before.readAll()).isEmpty();
            assertThat(bench.provider.requests).hasSize(1);
        }
    }

    @Test
    void connectionThatWasIdleForTooLongIsClosedUnanswered() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.WHOLE, new HttpFault.StaleConnections(Duration.ofMillis(1)));
                RawClient idle = bench.client()) {
            idle.get("/nothing").readUntil("\r\n\r\n");
            long answered = System.nanoTime();
            while (System.nanoTime() - answered < 2_000_000) {
                Thread.onSpinWait();
            }
            assertThat(idle.ask(false).readAll()).doesNotContain("HTTP/1.1 200");
            assertThat(bench.provider.requests).isEmpty();
            Event.UpstreamCall row = bench.row();
            assertThat(row.outcome()).isEqualTo(new Outcome.Failed(ErrorKind.CONNECTION_RESET));
            assertThat(row.delivered()).isFalse();
            assertThat(row.faults()).isEqualTo(TapBench.strikes(0));
        }
    }

    @Test
    void busyConnectionIsNotStale() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.WHOLE, new HttpFault.StaleConnections(Duration.ofMinutes(1)));
                RawClient client = bench.client()) {
            for (int number = 0; number < 5; number++) {
                assertThat(client.ask(false, number).readUntil(END)).contains("one two three");
                assertThat(bench.row().faults()).isEmpty();
            }
        }
    }
}
