package dev.changeover.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.Selection;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// Clients that leave, or do not read: the provider need not work for them.
@Timeout(60)
class LeavingClientsTest {

    private static final long MORE_THAN_BUFFERS = 256 << 20;

    private final CountDownLatch providerSawTheEnd = new CountDownLatch(1);

    @Test
    void clientThatLeavesCancelsTheCall() throws Exception {
        try (TapBench bench = new TapBench(unfinishedStream())) {
            try (RawClient client = bench.client().ask(true)) {
                client.readUntil("one");
            }
            Event.UpstreamCall row = bench.row();
            assertThat(row.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(row.delivered()).isFalse();
            assertThat(row.countedOutput().getAsLong()).isPositive();
            assertThat(providerSawTheEnd.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void clientThatLeavesBeforeTheAnswerCancelsTheCall() throws Exception {
        RawPeer provider = new RawPeer(this::awaitTheEnd);
        try (TapBench bench = new TapBench(provider)) {
            try (RawClient _ = bench.client().ask(true)) {
                provider.requests.take();
            }
            assertThat(bench.row().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(providerSawTheEnd.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @TestFactory
    Stream<DynamicTest> clientThatLeavesInsideAFaultCancelsTheCallToo() {
        return Stream.of(
                        new HttpFault.StalledStream(1),
                        new HttpFault.SlowDrip(Duration.ofHours(1)),
                        new HttpFault.WrongModel("mini"),
                        new HttpFault.MidStreamError(9, "{}"),
                        new HttpFault.UnfinishedStream(9),
                        new HttpFault.MidStreamCut(9),
                        new HttpFault.MalformedChunk(9),
                        new HttpFault.ContentFilter(9),
                        new HttpFault.ToolCallCut())
                .map(fault -> DynamicTest.dynamicTest(fault.toString(), () -> leaveInside(fault)));
    }

    private static void leaveInside(HttpFault fault) throws Exception {
        LeavingClientsTest one = new LeavingClientsTest();
        try (TapBench bench = new TapBench(one.unfinishedStream(), fault)) {
            try (RawClient client = bench.client().ask(true)) {
                client.readUntil("one");
            }
            assertThat(bench.row().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(bench.tap.waiting()).isZero();
            assertThat(one.providerSawTheEnd.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void callThatALateProviderHasNotTakenUpNeverReachesIt() throws Exception {
        HttpFault late = new HttpFault.SlowFirstToken(Duration.ofHours(1));
        try (TapBench bench = TapBench.answering(Answers.STREAM)) {
            try (RawClient client = bench.client()) {
                client.get("/nothing").readUntil("\r\n\r\n");
                bench.inject(0, late, Selection.ALL);
                client.ask(true, 1);
                bench.awaitWaiting(1);
            }
            assertThat(bench.row().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(bench.tap.waiting()).isZero();
            bench.tap.lift(0);
            bench.answer(true);
            assertThat(bench.provider.requests).hasSize(1);
        }
    }

    /// The tap's one event loop reads on between two round trips if it reads on at all.
    @Test
    void clientThatDoesNotReadHoldsTheProviderBack() throws Exception {
        AtomicLong said = new AtomicLong();
        RawPeer provider = new RawPeer(socket -> sayEndlessly(socket, "application/octet-stream", said));
        try (TapBench bench = new TapBench(provider)) {
            holdsBack(bench, said);
        }
    }

    @Test
    void clientThatDoesNotReadAStruckStreamHoldsTheProviderBack() throws Exception {
        AtomicLong said = new AtomicLong();
        RawPeer provider = new RawPeer(socket -> sayEndlessly(socket, "text/event-stream", said));
        try (TapBench bench = new TapBench(provider, new HttpFault.WrongModel("mini"))) {
            holdsBack(bench, said);
        }
    }

    @Test
    void stalledStreamHoldsTheProviderBack() throws Exception {
        AtomicLong said = new AtomicLong();
        RawPeer provider = new RawPeer(socket -> sayEndlessly(socket, "text/event-stream", said));
        try (TapBench bench = new TapBench(provider, new HttpFault.StalledStream(0))) {
            holdsBack(bench, said);
        }
    }

    private static void holdsBack(TapBench bench, AtomicLong said) throws Exception {
        try (RawClient _ = bench.client().ask(true);
                RawClient other = bench.client()) {
            long before;
            do {
                before = said.get();
                for (int trip = 0; trip < 200; trip++) {
                    other.get("/nothing").readUntil("}}");
                }
            } while (said.get() == 0 || said.get() != before);
            assertThat(said.get()).isLessThan(MORE_THAN_BUFFERS);
        }
        assertThat(bench.row().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    private static void sayEndlessly(Socket socket, String type, AtomicLong said) throws IOException {
        RawPeer.say(socket, "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n");
        String some = Answers.words("one").repeat(1_000);
        while (said.get() < MORE_THAN_BUFFERS) {
            RawPeer.say(socket, some);
            said.addAndGet(some.length());
        }
    }

    private RawPeer unfinishedStream() {
        return new RawPeer(socket -> {
            RawPeer.say(socket, Answers.stream(Answers.words("one") + Answers.words("two")));
            awaitTheEnd(socket);
        });
    }

    private void awaitTheEnd(Socket socket) {
        try {
            if (socket.getInputStream().read() < 0) {
                providerSawTheEnd.countDown();
            }
        } catch (IOException _) {
            providerSawTheEnd.countDown();
        }
    }
}
