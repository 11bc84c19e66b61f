package dev.changeover.toxics.server;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients that go in the middle of everything, with each toxic in force both ways: they leave nothing behind.
class VanishingClientsTest {

    private static final int CLIENTS = 30;
    private static final byte[] PIECE = new byte[20_000];

    private final WatchedServer server = new WatchedServer();
    private TestUpstream talker;
    private Proxy proxy;

    @BeforeEach
    void start() throws IOException {
        talker = TestUpstream.thatDoes(c -> {
            Thread.ofVirtual().start(() -> swallow(c::getInputStream));
            while (true) {
                c.getOutputStream().write(PIECE);
            }
        });
        proxy = server.proxy("p", talker.address());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        talker.close();
    }

    private interface Input {
        InputStream open() throws IOException;
    }

    private static void swallow(Input input) {
        try {
            input.open().readAllBytes();
        } catch (IOException _) {
            // the client has vanished
        }
    }

    @ParameterizedTest
    @EnumSource
    void byAReset(EveryToxic toxic) throws Exception {
        vanish(toxic, true);
    }

    @ParameterizedTest
    @EnumSource
    void byAnEnd(EveryToxic toxic) throws Exception {
        vanish(toxic, false);
    }

    private void vanish(EveryToxic toxic, boolean byReset) throws Exception {
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(TestClient.of(proxy));
        }
        List<Toxic> toxics = new ArrayList<>();
        for (ToxicDirection direction : ToxicDirection.values()) {
            toxics.add(toxic.addTo(proxy, direction));
        }
        for (TestClient client : clients) {
            sayAndGo(client, byReset);
        }
        for (Toxic each : toxics) {
            each.remove();
        }
        server.holdsNothingAfter(CLIENTS);
    }

    private static void sayAndGo(TestClient client, boolean byReset) throws IOException {
        try (client) {
            client.say("0123456789".repeat(2_000));
            if (byReset) {
                client.socket().setSoLinger(true, 0);
            }
        } catch (IOException _) {
            // the toxic was faster
        }
    }
}
