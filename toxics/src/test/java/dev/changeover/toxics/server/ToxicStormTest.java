package dev.changeover.toxics.server;

import static org.assertj.core.api.Assertions.assertThat;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Toxics added, changed and removed as fast as the API can, under load; longer with `-Dchangeover.storm.seconds=60`.
class ToxicStormTest {

    private static final int CLIENTS = 12;
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("changeover.storm.seconds", 3));

    private final WatchedServer server = new WatchedServer();
    private final AtomicBoolean over = new AtomicBoolean();
    private TestUpstream echo;
    private Proxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = TestUpstream.echo();
        proxy = server.proxy("p", echo.address());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        echo.close();
    }

    @Test
    void connectionsThatMayLoseNothingLoseNothing() throws Exception {
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> talks = submit(pool, this::talkWithoutALoss);
            int calls = storm(EveryToxic::losesNothing);
            for (Future<Integer> talk : talks) {
                assertThat(talk.get()).isPositive();
            }
            assertThat(calls).isGreaterThan(100);
        }
        server.holdsNothingAfter(CLIENTS);
    }

    @Test
    void connectionsThatAreCutAndResetLeaveNothingBehind() throws Exception {
        int connections = 0;
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> talks = submit(pool, this::comeAndGo);
            storm(_ -> true);
            for (Future<Integer> talk : talks) {
                connections += talk.get();
            }
        }
        server.holdsNothingAfter(connections);
        try (TestClient client = TestClient.of(proxy)) {
            assertThat(client.ask("calm")).isEqualTo("calm");
        }
    }

    private static List<Future<Integer>> submit(ExecutorService pool, Callable<Integer> talk) {
        List<Future<Integer>> talks = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            talks.add(pool.submit(talk));
        }
        return talks;
    }

    /// @return how many calls the API answered
    private int storm(Predicate<EveryToxic> which) throws IOException {
        List<EveryToxic> kinds =
                Arrays.stream(EveryToxic.values()).filter(which).toList();
        SplittableRandom random = new SplittableRandom(1);
        int calls = 0;
        long end = System.nanoTime() + LENGTH.toNanos();
        while (System.nanoTime() < end) {
            ToxicDirection direction = ToxicDirection.values()[random.nextInt(2)];
            List<Toxic> added = new ArrayList<>();
            for (EveryToxic kind : kinds) {
                if (random.nextBoolean()) {
                    added.add(kind.addTo(proxy, direction));
                }
            }
            for (Toxic toxic : added) {
                toxic.setToxicity(random.nextInt(3) / 2f);
            }
            for (Toxic toxic : added) {
                toxic.remove();
            }
            calls += 3 * added.size();
        }
        over.set(true);
        return calls;
    }

    /// @return how many questions were answered
    private int talkWithoutALoss() throws IOException {
        int asked = 0;
        try (TestClient client = TestClient.of(proxy)) {
            while (!over.get()) {
                String question = "question %d;".formatted(asked++).repeat(300);
                assertThat(client.ask(question)).isEqualTo(question);
            }
        }
        return asked;
    }

    /// @return how many connections were made
    private int comeAndGo() throws IOException {
        int made = 0;
        while (!over.get()) {
            try (TestClient client = TestClient.of(proxy)) {
                made++;
                client.socket().setSoTimeout(100);
                while (!over.get() && !client.ask("x".repeat(2_000)).isEmpty()) {
                    // until it is cut
                }
            } catch (IOException _) {
                // cut, reset or dark
            }
        }
        return made;
    }
}
