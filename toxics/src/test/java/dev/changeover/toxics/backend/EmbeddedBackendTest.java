package dev.changeover.toxics.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.ConnectionRecord;
import dev.changeover.toxics.server.TestClient;
import dev.changeover.toxics.server.TestUpstream;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class EmbeddedBackendTest {

    private final List<ConnectionRecord> records = new CopyOnWriteArrayList<>();

    @Test
    void clientLearnsTheRealPort() throws IOException {
        try (EmbeddedBackend backend = EmbeddedBackend.start(1, records::add);
                TestUpstream upstream = TestUpstream.echo()) {
            Proxy created = backend.client().createProxy("old", "127.0.0.1:0", upstream.address());

            assertThat(created.getListen()).startsWith("127.0.0.1:").doesNotEndWith(":0");
            assertThat(created.isEnabled()).isTrue();
            assertThat(created.getUpstream()).isEqualTo(upstream.address());
            assertThat(backend.client().getProxy("old").getListen()).isEqualTo(created.getListen());
        }
    }

    @Test
    void describesItselfWithItsVersion() throws IOException {
        try (EmbeddedBackend backend = EmbeddedBackend.start(1, records::add)) {
            assertThat(backend.description()).isEqualTo("embedded 2.12.0");
            assertThat(backend.client().version()).contains("2.12.0");
        }
    }

    @Test
    void connectionsStillOpenAreRecordedWhenItCloses() throws IOException {
        try (TestUpstream upstream = TestUpstream.echo()) {
            EmbeddedBackend backend = EmbeddedBackend.start(1, records::add);
            Proxy proxy = backend.client().createProxy("old", "127.0.0.1:0", upstream.address());
            proxy.toxics().latency("slow", ToxicDirection.DOWNSTREAM, 1);
            try (TestClient client = TestClient.of(proxy)) {
                assertThat(client.ask("hello")).isEqualTo("hello");
                backend.close();
                assertThat(client.atEnd()).isTrue();
            }
        }
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.proxy()).isEqualTo("old");
            assertThat(record.number()).isEqualTo(1);
            assertThat(record.bytesUp()).isEqualTo(5);
            assertThat(record.bytesDown()).isEqualTo(5);
            assertThat(record.touched()).containsExactly(java.util.Map.entry("slow", 1L));
            assertThat(record.closedNanos()).isGreaterThanOrEqualTo(record.openedNanos());
        });
    }
}
