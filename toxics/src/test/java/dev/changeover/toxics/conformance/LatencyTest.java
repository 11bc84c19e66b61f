package dev.changeover.toxics.conformance;

import static dev.changeover.toxics.conformance.Timing.assertIs;
import static dev.changeover.toxics.conformance.Timing.assertTook;
import static dev.changeover.toxics.conformance.Timing.took;
import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.TestClient;
import dev.changeover.toxics.server.TestUpstream;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LatencyTest extends OverEveryBackend {

    private static final long HOUR_MILLIS = 3_600_000;

    /// Says a letter every so often, and writes down when.
    private static TestUpstream.Talk letters(int letters, long everyMillis, List<Long> said) {
        return client -> {
            long start = System.nanoTime();
            for (int i = 0; i < letters; i++) {
                long due = start + i * everyMillis * 1_000_000;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                said.add(System.nanoTime());
                client.getOutputStream().write('a' + i);
            }
            client.getInputStream().read();
        };
    }

    @ParameterizedTest
    @EnumSource
    void eachMessageIsLateByIt(ToxicDirection stream) throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().latency("slow", stream, 150);
        TestClient client = connect(proxy);
        for (int i = 0; i < 3; i++) {
            assertTook(150, () -> assertThat(client.ask("hello")).isEqualTo("hello"));
        }
    }

    @Test
    void bothStreamsAddUp() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().latency("up", UPSTREAM, 100);
        proxy.toxics().latency("down", DOWNSTREAM, 150);
        assertTook(250, () -> connect(proxy).ask("hello"));
    }

    @Test
    void gapsBetweenChunksSurvive() throws IOException {
        List<Long> said = new ArrayList<>();
        Proxy proxy = proxyTo(upstreamThat(letters(10, 40, said)));
        proxy.toxics().latency("slow", DOWNSTREAM, 400);
        TestClient client = connect(proxy);
        assertThat(client.hear(1)).isEqualTo("a");
        long first = System.nanoTime();
        assertThat(client.hear(9)).isEqualTo("bcdefghij");
        assertIs(360 - 40, Duration.ofNanos(System.nanoTime() - first));
        assertIs(400, Duration.ofNanos(first - said.getFirst()));
    }

    @Test
    void twoInARowDelayEachChunkByBoth() throws IOException {
        List<Long> said = new ArrayList<>();
        Proxy proxy = proxyTo(upstreamThat(letters(9, 250, said)));
        proxy.toxics().latency("one", DOWNSTREAM, 750);
        proxy.toxics().latency("two", DOWNSTREAM, 750);
        connect(proxy).hear(9);
        Duration last = Duration.ofNanos(System.nanoTime() - said.getLast());
        assertThat(last.toMillis() >= 1_490).isEqualTo(differs(Difference.LATENCIES_ADD_UP, false, true));
    }

    @Test
    void jitterGoesBothWaysAndKeepsTheOrder() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().latency("slow", DOWNSTREAM, 60).setJitter(60);
        TestClient client = connect(proxy);
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            millis.add(took(() -> client.ask("hello")).toMillis());
        }
        assertThat(millis).anyMatch(m -> m < 60).anyMatch(m -> m > 65);

        StringBuilder sent = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            String piece = "chunk %03d;".formatted(i);
            client.say(piece);
            sent.append(piece);
        }
        assertThat(client.hear(sent.length())).isEqualTo(sent.toString());
    }

    @Test
    void connectingIsNotDelayed() throws Exception {
        LinkedBlockingQueue<String> accepted = new LinkedBlockingQueue<>();
        Proxy proxy = proxyTo(upstreamThat(c -> {
            accepted.add("a client");
            c.getInputStream().read();
        }));
        proxy.toxics().latency("up", UPSTREAM, HOUR_MILLIS);
        proxy.toxics().latency("down", DOWNSTREAM, HOUR_MILLIS);
        connect(proxy);
        assertThat(accepted.poll(20, TimeUnit.SECONDS)).isEqualTo("a client");
    }

    @Test
    void aBareEndIsNotDelayed() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().latency("up", UPSTREAM, HOUR_MILLIS);
        proxy.toxics().latency("down", DOWNSTREAM, HOUR_MILLIS);
        TestClient client = connect(proxy);
        client.socket().shutdownOutput();
        assertThat(client.atEnd()).isTrue();
    }

    @Test
    void anEndWaitsForTheDataBeforeIt() throws IOException {
        Proxy proxy = proxyTo(upstreamThat(c -> c.getOutputStream().write("bye".getBytes())));
        proxy.toxics().latency("slow", DOWNSTREAM, 200);
        assertTook(200, () -> assertThat(connect(proxy).hear(100)).isEqualTo("bye"));
    }

    @Test
    void itStrikesAnOpenConnectionFromWhenItIsAdded() throws IOException {
        Proxy proxy = proxyTo(echo());
        TestClient client = connect(proxy);
        client.ask("warm");
        proxy.toxics().latency("slow", DOWNSTREAM, 150);
        assertTook(150, () -> client.ask("late"));
    }

    @Test
    void aChangeIsInForceOnAnOpenConnection() throws IOException {
        Proxy proxy = proxyTo(echo());
        Latency slow = proxy.toxics().latency("slow", DOWNSTREAM, HOUR_MILLIS);
        TestClient client = connect(proxy);
        slow.setLatency(150);
        assertTook(150, () -> client.ask("late"));
    }

    @Test
    void whatItHoldsComesAtOnceWhenItIsChanged() throws IOException {
        Proxy proxy = proxyTo(echo());
        Latency slow = proxy.toxics().latency("slow", DOWNSTREAM, HOUR_MILLIS);
        TestClient client = connect(proxy);
        client.say("held");
        assertThat(client.hearsNothing()).isTrue();

        slow.setLatency(1);

        assertThat(client.hear(4)).isEqualTo("held");
    }

    @Test
    void whatItHoldsComesAtOnceAndInOrderWhenItIsRemoved() throws IOException {
        Proxy proxy = proxyTo(echo());
        Latency slow = proxy.toxics().latency("slow", DOWNSTREAM, HOUR_MILLIS);
        TestClient client = connect(proxy);
        for (String word : "one two three four ".split("(?<= )")) {
            client.say(word);
            assertThat(client.hearsNothing()).isTrue();
        }

        slow.remove();

        assertThat(client.hear(19)).isEqualTo("one two three four ");
        assertThat(client.ask("five")).isEqualTo("five");
    }

    @Test
    void sixteenMegabytesArriveWhole() throws Exception {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().latency("slow", DOWNSTREAM, 20).setJitter(10);
        LargeTransfer.assertWhole(connect(proxy));
    }

    @Test
    void itDoesNotLimitTheRate() throws Exception {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().latency("slow", DOWNSTREAM, 300);
        TestClient client = connect(proxy);
        long start = System.nanoTime();
        LargeTransfer.assertWhole(client);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
