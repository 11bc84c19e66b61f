package dev.changeover.toxics.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVersionTest {

    private static ServerVersion answering(String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/version", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return ServerVersion.at(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"version\": \"2.12.0\"} | 2.12.0",
                "2.1.4 | 2.1.4",
                "{\"version\": \"git\"} | git",
                "v2.9.0 | 2.9.0",
            })
    void readsWhatServersOfAllAgesTell(String answer, String version) throws IOException {
        assertThat(answering(answer + "\n").text()).isEqualTo(version);
    }

    @Test
    void refusesOneThatIsTooOld() {
        assertThatThrownBy(() -> answering("1.2.1")).hasMessageContaining("version 1.2.1; 2.0 or newer is needed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>It works!</html>", "{\"version\": 3}", "3"})
    void refusesWhatIsNoToxiproxy(String answer) {
        assertThatThrownBy(() -> answering(answer)).hasMessageContaining("is no Toxiproxy");
    }
}
