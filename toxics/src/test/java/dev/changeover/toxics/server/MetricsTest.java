package dev.changeover.toxics.server;

import static org.assertj.core.api.Assertions.assertThat;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What `GET /metrics` tells.
class MetricsTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private ToxiproxyServer server;
    private TestUpstream upstream;
    private Proxy proxy;

    @BeforeEach
    void start() throws Exception {
        server = ToxiproxyServer.start(1, _ -> {});
        upstream = TestUpstream.echo();
        proxy = new ToxiproxyClient("127.0.0.1", server.port()).createProxy("p", "127.0.0.1:0", upstream.address());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        upstream.close();
        http.close();
    }

    @Test
    void bytesAreCountedAsTheyPassByTheNamesAndLabelsOfTheRealServer() throws Exception {
        proxy.toxics().latency("slow", ToxicDirection.DOWNSTREAM, 1);
        String labels = "listener=\"%s\",proxy=\"p\",upstream=\"%s\"".formatted(proxy.getListen(), upstream.address());
        try (TestClient client = TestClient.of(proxy)) {
            client.socket().getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
            client.socket().getInputStream().readNBytes(5);

            assertThat(metrics().body())
                    .contains("toxiproxy_proxy_received_bytes_total{direction=\"upstream\"," + labels + "} 5.0\n")
                    .contains("toxiproxy_proxy_sent_bytes_total{direction=\"upstream\"," + labels + "} 5.0\n")
                    .contains("toxiproxy_proxy_received_bytes_total{direction=\"downstream\"," + labels + "} 5.0\n")
                    .contains("toxiproxy_proxy_sent_bytes_total{direction=\"downstream\"," + labels + "} 5.0\n")
                    .contains("changeover_proxy_open_connections{proxy=\"p\"} 1.0\n")
                    .contains("changeover_proxy_connections_total{proxy=\"p\"} 1.0\n")
                    .contains("changeover_toxic_connections_total{proxy=\"p\",toxic=\"slow\"} 1.0\n");
        }
        proxy.disable();
        assertThat(metrics().body())
                .contains("toxiproxy_proxy_sent_bytes_total{direction=\"downstream\"," + labels + "} 5.0\n")
                .contains("changeover_proxy_open_connections{proxy=\"p\"} 0.0\n")
                .contains("changeover_toxic_connections_total{proxy=\"p\",toxic=\"slow\"} 1.0\n");
    }

    @Test
    void theyArePrometheusText() throws Exception {
        assertThat(metrics().headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    }

    private HttpResponse<String> metrics() throws Exception {
        URI metrics = URI.create("http://127.0.0.1:%d/metrics".formatted(server.port()));
        return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString());
    }
}
