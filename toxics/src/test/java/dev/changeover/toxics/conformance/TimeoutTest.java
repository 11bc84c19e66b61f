package dev.changeover.toxics.conformance;

import static dev.changeover.toxics.conformance.Timing.assertTook;
import static dev.changeover.toxics.conformance.Timing.took;
import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.TestClient;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Timeout;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimeoutTest extends OverEveryBackend {

    @ParameterizedTest
    @EnumSource
    void aSilentConnectionEndsInOrderAfterIt(ToxicDirection stream) throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().timeout("dark", stream, 200);
        assertTook(200, () -> assertThat(connect(proxy).atEnd()).isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void dataIsDroppedAndTheConnectionStaysOpenForEverAtZero(ToxicDirection stream) throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().timeout("dark", stream, 0);
        TestClient client = connect(proxy);
        for (int i = 0; i < 3; i++) {
            client.say("anyone?");
            assertThat(client.hearsNothing()).isTrue();
        }
    }

    @Test
    void droppedDataNeverReachesTheUpstream() throws Exception {
        LinkedBlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        Proxy proxy = proxyTo(upstreamThat(c -> heard.add(c.getInputStream().readAllBytes().length)));
        proxy.toxics().timeout("dark", UPSTREAM, 150);
        TestClient client = connect(proxy);
        client.say("anyone?");
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void eachDroppedChunkStartsItsTimeAnew() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().timeout("dark", UPSTREAM, 500);
        TestClient client = connect(proxy);
        Duration open = took(() -> {
            for (int i = 0; i < 4; i++) {
                client.say("anyone?");
                assertThat(client.hearsNothing()).isTrue();
            }
            assertThat(client.atEnd()).isTrue();
        });
        assertThat(open).isBetween(Duration.ofMillis(3 * 150 + 500 - 5), Duration.ofSeconds(5));
    }

    @Test
    void anEndIsNotHeld() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().timeout("dark", UPSTREAM, 0);
        TestClient client = connect(proxy);
        client.socket().shutdownOutput();
        assertThat(client.atEnd()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void connectionsThatItStruckEndWhenItIsRemoved(ToxicDirection stream) throws IOException {
        Proxy proxy = proxyTo(echo());
        Timeout dark = proxy.toxics().timeout("dark", stream, 0);
        TestClient struck = connect(proxy);
        struck.say("anyone?");
        assertThat(struck.hearsNothing()).isTrue();

        dark.remove();

        assertThat(struck.atEnd()).isTrue();
        assertThat(connect(proxy).ask("light")).isEqualTo("light");
    }

    @Test
    void openConnectionsGoDarkWhenItIsAdded() throws IOException {
        Proxy proxy = proxyTo(echo());
        TestClient client = connect(proxy);
        client.ask("warm");
        proxy.toxics().timeout("dark", DOWNSTREAM, 0);
        client.say("anyone?");
        assertThat(client.hearsNothing()).isTrue();
    }

    @Test
    void aTimeGivenLaterEndsAnOpenConnection() throws IOException {
        Proxy proxy = proxyTo(echo());
        Timeout dark = proxy.toxics().timeout("dark", DOWNSTREAM, 0);
        TestClient client = connect(proxy);
        assertThat(client.hearsNothing()).isTrue();
        dark.setTimeout(100);
        assertThat(client.atEnd()).isTrue();
    }
}
