package dev.changeover.toxics.conformance;

import static dev.changeover.toxics.conformance.Timing.took;
import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.TestClient;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Bandwidth;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BandwidthTest extends OverEveryBackend {

    private static final String HUNDRED_KILOBYTES = "x".repeat(100_000);

    private static void assertAbout(long millis, Duration took) {
        assertThat(took).isBetween(Duration.ofMillis(millis * 95 / 100), Duration.ofMillis(millis * 180 / 100));
    }

    @ParameterizedTest
    @EnumSource
    void bytesPassAtItsRate(ToxicDirection stream) throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().bandwidth("narrow", stream, 100);
        TestClient client = connect(proxy);
        assertAbout(1_000, took(() -> assertThat(client.ask(HUNDRED_KILOBYTES)).isEqualTo(HUNDRED_KILOBYTES)));
    }

    @Test
    void bytesComeInPiecesNotAllAtTheEnd() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().bandwidth("narrow", DOWNSTREAM, 20);
        TestClient client = connect(proxy);
        client.say("x".repeat(20_000));
        Duration half = took(() -> client.hear(10_000));
        Duration rest = took(() -> client.hear(10_000));
        assertAbout(500, half);
        assertThat(rest).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void eachConnectionHasARateOfItsOwn() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().bandwidth("narrow", DOWNSTREAM, 100);
        TestClient one = connect(proxy);
        TestClient two = connect(proxy);
        assertAbout(1_000, took(() -> {
            one.say(HUNDRED_KILOBYTES);
            two.say(HUNDRED_KILOBYTES);
            one.hear(HUNDRED_KILOBYTES.length());
            two.hear(HUNDRED_KILOBYTES.length());
        }));
    }

    @Test
    void nothingPassesAtRateZeroUntilItIsRemoved() throws IOException {
        Proxy proxy = proxyTo(echo());
        Bandwidth shut = proxy.toxics().bandwidth("shut", DOWNSTREAM, 0);
        TestClient client = connect(proxy);
        client.say("held");
        assertThat(client.hearsNothing()).isTrue();

        shut.remove();

        assertThat(client.hear(4)).isEqualTo("held");
    }

    @Test
    void aHigherRateIsInForceOnAnOpenConnection() throws IOException {
        Proxy proxy = proxyTo(echo());
        Bandwidth narrow = proxy.toxics().bandwidth("narrow", DOWNSTREAM, 1);
        TestClient client = connect(proxy);
        client.say("x".repeat(50_000));
        client.hear(10);

        narrow.setRate(10_000);

        assertThat(took(() -> client.hear(50_000 - 10))).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void sixteenMegabytesArriveWhole() throws Exception {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().bandwidth("wide", DOWNSTREAM, 20_000);
        LargeTransfer.assertWhole(connect(proxy));
    }
}
