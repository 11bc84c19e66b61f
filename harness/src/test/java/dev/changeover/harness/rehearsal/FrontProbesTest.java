package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Alerts;
import dev.changeover.harness.units.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FrontProbesTest {

    private static final Alerts SCRAPED =
            new Alerts(Optional.of(new Alerts.Scrape("/metrics", Duration.ofMillis(50))), List.of());

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final FakeFront front = new FakeFront(Path.of("."));
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        front.address =
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void theHealthPageIsLookedAtFromTheStart() throws Exception {
        answer("/health", 503);
        try (FrontProbes probes = probes(Alerts.NONE)) {
            probes.start();
            Event.GatewayHealth first = (Event.GatewayHealth) events.take();
            assertThat(first.status()).hasValue(503);
            assertThat(first.atNanos()).isNotNegative();
            assertThat(first.doneNanos()).isGreaterThanOrEqualTo(first.atNanos());
            Event.GatewayHealth second = (Event.GatewayHealth) events.take();
            assertThat(second.atNanos())
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
        }
    }

    @Test
    void metricsAreReadAsOftenAsTheScenarioSays() throws Exception {
        answer("/metrics", 200);
        front.address = front.address.map(uri -> URI.create(uri + "/"));
        try (FrontProbes probes = probes(SCRAPED)) {
            probes.start();
            assertThat(scraped()).hasValue(200);
            assertThat(scraped()).hasValue(200);
        }
    }

    @Test
    void aGatewayThatIsGoneGivesNoAnswer() throws Exception {
        server.stop(0);
        try (FrontProbes probes = probes(SCRAPED)) {
            probes.start();
            assertThat(scraped()).isEmpty();
        }
    }

    @Test
    void aPageThatNeverEndsHoldsNothingUp() throws Exception {
        server.createContext("/health", exchange -> exchange.sendResponseHeaders(200, 1_000));
        try (FrontProbes probes = probes(Alerts.NONE)) {
            probes.start();
            assertThat(((Event.GatewayHealth) events.take()).status()).isEmpty();
        }
    }

    private OptionalInt scraped() throws InterruptedException {
        while (true) {
            if (events.take() instanceof Event.Scrape scrape) {
                return scrape.status();
            }
        }
    }

    private void answer(String path, int status) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    private FrontProbes probes(Alerts alerts) {
        return new FrontProbes(front, alerts, Ticker.since(System.nanoTime()), events::add);
    }
}
