package dev.changeover.toxics.conformance;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.TestClient;
import eu.rekawek.toxiproxy.Proxy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Several toxics, toxics that strike some, toxics that come and go.
class ChainsTest extends OverEveryBackend {

    private static final long HOUR_MILLIS = 3_600_000;

    @Test
    void noopDoesNothing() throws IOException {
        Proxy proxy = proxyTo(echo());
        TestClient old = connect(proxy);
        old.ask("warm");
        for (String stream : new String[] {"upstream", "downstream"}) {
            assertThat(api().post("/proxies/p/toxics", "{\"type\":\"noop\",\"stream\":\"" + stream + "\"}"))
                    .startsWith("200 ");
        }
        assertThat(old.ask("hello")).isEqualTo("hello");
        assertThat(connect(proxy).ask("hello")).isEqualTo("hello");
    }

    @Test
    void toxicsStandInTheOrderTheyCame() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().timeout("drops", DOWNSTREAM, 0);
        proxy.toxics().limitData("ends", DOWNSTREAM, 0);
        TestClient silent = connect(proxy);
        silent.say("hello");
        assertThat(silent.hearsNothing()).as("what is dropped ends nothing").isTrue();
    }

    @Test
    void inTheOtherOrderTheyDoSomethingElse() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().limitData("ends", DOWNSTREAM, 0);
        proxy.toxics().timeout("drops", DOWNSTREAM, 0);
        TestClient ended = connect(proxy);
        ended.say("hello");
        assertThat(ended.atEnd()).isTrue();
    }

    @Test
    void threeToxicsAtOnceEachDoTheirPart() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().latency("late", DOWNSTREAM, 200);
        proxy.toxics().slicer("cut", DOWNSTREAM, 5, 1_000);
        proxy.toxics().limitData("ends", DOWNSTREAM, 17);
        TestClient client = connect(proxy);
        Timing.assertTook(200, () -> {
            client.say("abcdefghijklmnopqrstuvwxyz");
            assertThat(client.hear(100)).isEqualTo("abcdefghijklmnopq");
        });
    }

    @Test
    void toxicityZeroStrikesNobody() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().limitData("ends", DOWNSTREAM, 0).setToxicity(0);
        for (int i = 0; i < 20; i++) {
            assertThat(connect(proxy).ask("hello")).isEqualTo("hello");
        }
    }

    @Test
    void toxicityOneStrikesEverybody() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().limitData("ends", DOWNSTREAM, 0).setToxicity(1);
        for (int i = 0; i < 20; i++) {
            TestClient client = connect(proxy);
            client.say("hello");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void halfToxicityStrikesAboutHalf() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().limitData("ends", DOWNSTREAM, 0).setToxicity(0.5f);
        int struck = 0;
        for (int i = 0; i < 200; i++) {
            try (TestClient client = TestClient.of(proxy)) {
                client.say("x");
                struck += client.hear(1).isEmpty() ? 1 : 0;
            }
        }
        assertThat(struck).isBetween(60, 140);
    }

    @Test
    void aConnectionThatWasSparedIsSparedToItsEnd() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().limitData("ends", DOWNSTREAM, 0).setToxicity(0);
        TestClient client = connect(proxy);
        for (int i = 0; i < 50; i++) {
            assertThat(client.ask("hello")).isEqualTo("hello");
        }
    }

    @Test
    void toxicsOfOneProxyLeaveTheOthersAlone() throws IOException {
        var upstream = echo();
        Proxy struck = proxyTo(upstream);
        Proxy other = client().createProxy("other", "127.0.0.1:0", upstream.address());
        struck.toxics().timeout("dark", UPSTREAM, 0);
        assertThat(connect(other).ask("hello")).isEqualTo("hello");
    }

    @Test
    void resetLeavesOpenConnectionsWhole() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().latency("slow", DOWNSTREAM, HOUR_MILLIS);
        proxy.toxics().slowClose("slow close", DOWNSTREAM, HOUR_MILLIS);
        proxy.toxics().bandwidth("shut", UPSTREAM, 1_000);
        TestClient client = connect(proxy);
        client.say("held");
        assertThat(client.hearsNothing()).isTrue();

        client().reset();

        assertThat(client.hear(4)).isEqualTo("held");
        assertThat(client.ask("hello")).isEqualTo("hello");
    }

    @Test
    void toxicsThatComeAndGoUnderLoadLoseNothing() throws Exception {
        Proxy proxy = proxyTo(echo());
        CountDownLatch over = new CountDownLatch(1);
        Thread toggling = Thread.ofVirtual().start(() -> {
            try {
                while (!over.await(5, TimeUnit.MILLISECONDS)) {
                    proxy.toxics().latency("slow", DOWNSTREAM, 2).remove();
                    proxy.toxics().bandwidth("wide", UPSTREAM, 100_000).remove();
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        TestClient client = connect(proxy);
        for (int i = 0; i < 500; i++) {
            String message = "message " + i;
            assertThat(client.ask(message)).isEqualTo(message);
        }
        over.countDown();
        assertThat(toggling.join(Duration.ofSeconds(20))).isTrue();
    }
}
