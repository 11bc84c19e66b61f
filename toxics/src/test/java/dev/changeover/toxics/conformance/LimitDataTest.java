package dev.changeover.toxics.conformance;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.TestClient;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.toxic.LimitData;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitDataTest extends OverEveryBackend {

    @ParameterizedTest
    @CsvSource({"0,''", "1,h", "3,hel", "5,hello"})
    void theClientGetsSoManyBytesThenTheEnd(long bytes, String heard) throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().limitData("cut", DOWNSTREAM, bytes);
        TestClient client = connect(proxy);
        client.say("hello");
        assertThat(client.hear(100)).isEqualTo(heard);
    }

    @Test
    void theUpstreamGetsSoManyBytesThenTheEnd() throws Exception {
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Proxy proxy = proxyTo(
                upstreamThat(c -> heard.add(new String(c.getInputStream().readAllBytes()))));
        proxy.toxics().limitData("cut", UPSTREAM, 3);
        connect(proxy).say("hello");
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("hel");
    }

    @Test
    void bytesAreCountedAcrossChunks() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().limitData("cut", DOWNSTREAM, 12);
        TestClient client = connect(proxy);
        assertThat(client.ask("hello")).isEqualTo("hello");
        assertThat(client.ask("world")).isEqualTo("world");
        client.say("again");
        assertThat(client.hear(100)).isEqualTo("ag");
    }

    @Test
    void eachConnectionIsCountedByItself() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().limitData("cut", DOWNSTREAM, 6);
        assertThat(connect(proxy).ask("hello")).isEqualTo("hello");
        assertThat(connect(proxy).ask("hello")).isEqualTo("hello");
    }

    @Test
    void aConnectionThatSaysNothingStaysOpenAtZero() throws IOException {
        Proxy proxy = proxyTo(echo());
        proxy.toxics().limitData("cut", DOWNSTREAM, 0);
        assertThat(connect(proxy).hearsNothing()).isTrue();
    }

    @Test
    void aLargeAnswerIsCutToTheByte() throws IOException {
        Proxy proxy = proxyTo(upstreamThat(c -> c.getOutputStream().write(new byte[1_000_000])));
        proxy.toxics().limitData("cut", DOWNSTREAM, 777_777);
        assertThat(connect(proxy).socket().getInputStream().readAllBytes()).hasSize(777_777);
    }

    @Test
    void aChangedLimitCountsWhatWentBefore() throws IOException {
        Proxy proxy = proxyTo(echo());
        LimitData cut = proxy.toxics().limitData("cut", DOWNSTREAM, 1_000);
        TestClient client = connect(proxy);
        assertThat(client.ask("hello")).isEqualTo("hello");
        cut.setBytes(7);
        client.say("world");
        assertThat(client.hear(100)).isEqualTo("wo");
    }

    @Test
    void aConnectionSparedMeanwhileIsCountedOn() throws IOException {
        Proxy proxy = proxyTo(echo());
        LimitData cut = proxy.toxics().limitData("cut", DOWNSTREAM, 7);
        TestClient client = connect(proxy);
        assertThat(client.ask("hello")).isEqualTo("hello");
        cut.setToxicity(0);
        assertThat(client.ask("spared")).isEqualTo("spared");
        cut.setToxicity(1);
        client.say("world");
        assertThat(client.hear(100)).isEqualTo("wo");
    }

    @Test
    void anOpenConnectionIsCountedFromWhenItIsAdded() throws IOException {
        Proxy proxy = proxyTo(echo());
        TestClient client = connect(proxy);
        client.ask("warm");
        proxy.toxics().limitData("cut", DOWNSTREAM, 3);
        client.say("hello");
        assertThat(client.hear(100)).isEqualTo("hel");
    }
}
