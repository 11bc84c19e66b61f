package dev.changeover.toxics.conformance;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.toxic.Bandwidth;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import eu.rekawek.toxiproxy.model.toxic.LimitData;
import eu.rekawek.toxiproxy.model.toxic.ResetPeer;
import eu.rekawek.toxiproxy.model.toxic.Slicer;
import eu.rekawek.toxiproxy.model.toxic.SlowClose;
import eu.rekawek.toxiproxy.model.toxic.Timeout;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The Toxiproxy Java client, unmodified, as its users use it.
class JavaClientTest extends OverEveryBackend {

    private Proxy aProxy() throws IOException {
        return client().createProxy("p", "127.0.0.1:0", "127.0.0.1:1");
    }

    @Test
    void aProxyIsMadeFoundListedChangedAndDeleted() throws IOException {
        Proxy proxy = aProxy();
        assertThat(client().getProxy("p").getListen()).isEqualTo(proxy.getListen());
        assertThat(client().getProxies())
                .singleElement()
                .satisfies(p -> assertThat(p.getName()).isEqualTo("p"));

        proxy.setUpstream("127.0.0.1:2");
        assertThat(client().getProxy("p").getUpstream()).isEqualTo("127.0.0.1:2");
        proxy.disable();
        assertThat(client().getProxy("p").isEnabled()).isFalse();
        proxy.enable();
        assertThat(client().getProxy("p").isEnabled()).isTrue();

        proxy.delete();
        assertThat(client().getProxies()).isEmpty();
    }

    @Test
    void everyToxicThatItKnowsIsMadeReadAndChanged() throws IOException {
        var toxics = aProxy().toxics();
        toxics.latency("latency", UPSTREAM, 10).setJitter(2);
        toxics.bandwidth("bandwidth", UPSTREAM, 10).setRate(20);
        toxics.slowClose("slow_close", DOWNSTREAM, 10).setDelay(20);
        toxics.timeout("timeout", DOWNSTREAM, 10).setTimeout(20);
        toxics.slicer("slicer", DOWNSTREAM, 10, 30).setSizeVariation(5);
        toxics.limitData("limit_data", DOWNSTREAM, 10).setBytes(20);
        toxics.resetPeer("reset_peer", DOWNSTREAM, 10).setTimeout(20);

        assertThat(toxics.get("latency", Latency.class).getLatency()).isEqualTo(10);
        assertThat(toxics.get("latency", Latency.class).getJitter()).isEqualTo(2);
        assertThat(toxics.get("bandwidth", Bandwidth.class).getRate()).isEqualTo(20);
        assertThat(toxics.get("slow_close", SlowClose.class).getDelay()).isEqualTo(20);
        assertThat(toxics.get("timeout", Timeout.class).getTimeout()).isEqualTo(20);
        assertThat(toxics.get("slicer", Slicer.class).getAverageSize()).isEqualTo(10);
        assertThat(toxics.get("slicer", Slicer.class).getDelay()).isEqualTo(30);
        assertThat(toxics.get("slicer", Slicer.class).getSizeVariation()).isEqualTo(5);
        assertThat(toxics.get("limit_data", LimitData.class).getBytes()).isEqualTo(20);
        assertThat(toxics.get("reset_peer", ResetPeer.class).getTimeout()).isEqualTo(20);
        assertThat(toxics.getAll())
                .extracting(Toxic::getName)
                .containsExactly("latency", "bandwidth", "slow_close", "timeout", "slicer", "limit_data", "reset_peer");
    }

    @Test
    void toxicityIsReadBackAsItWasSet() throws IOException {
        var toxics = aProxy().toxics();
        toxics.latency("t", DOWNSTREAM, 10).setToxicity(0.35f);
        assertThat(toxics.get("t").getToxicity()).isEqualTo(0.35f);
    }

    @Test
    void aToxicIsRemovedAndAllAreByReset() throws IOException {
        Proxy proxy = aProxy();
        proxy.toxics().latency("one", DOWNSTREAM, 10);
        proxy.toxics().latency("two", UPSTREAM, 10);

        proxy.toxics().get("one").remove();
        assertThat(proxy.toxics().getAll()).extracting(Toxic::getName).containsExactly("two");

        proxy.disable();
        client().reset();
        assertThat(proxy.toxics().getAll()).isEmpty();
        assertThat(client().getProxy("p").isEnabled()).isTrue();
    }

    @Test
    void errorsReachTheCallerInTheServersWords() throws IOException {
        Proxy proxy = aProxy();
        assertThatThrownBy(this::aProxy).isInstanceOf(IOException.class).hasMessageContaining("proxy already exists");
        assertThatThrownBy(() -> client().getProxy("none")).hasMessageContaining("proxy not found");
        assertThatThrownBy(() -> proxy.toxics().get("none")).hasMessageContaining("toxic not found");
        proxy.toxics().latency("t", DOWNSTREAM, 1);
        assertThatThrownBy(() -> proxy.toxics().timeout("t", DOWNSTREAM, 1))
                .hasMessageContaining("toxic already exists");
    }

    @Test
    void theVersionIsRead() throws IOException {
        assertThat(client().version()).contains("version");
    }
}
