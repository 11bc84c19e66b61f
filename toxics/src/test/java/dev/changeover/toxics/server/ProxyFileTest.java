package dev.changeover.toxics.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The file of proxies that a server starts with.
class ProxyFileTest {

    @TempDir
    Path folder;

    @Test
    void itsProxiesAreThereAtTheStartWithTheirToxics() throws Exception {
        ProxyFile file = file("""
            [{"name": "a", "upstream": "127.0.0.1:1", "Logger": {}, "toxics": [
                {"type": "latency", "attributes": {"latency": 5}},
                {"type": "timeout", "stream": "upstream", "name": "t", "toxicity": 0.5}]},
             {"NAME": "b", "upstream": "127.0.0.1:2", "enabled": false, "toxics": null}]
            """);
        assertThat(file.size()).isEqualTo(2);
        assertThat(proxiesOf(file))
                .matches("\\{\"a\":\\{.*\"enabled\":true,.*\"toxics\":\\["
                        + "\\{\"attributes\":\\{\"timeout\":0},\"name\":\"t\",.*\"toxicity\":0.5},"
                        + "\\{\"attributes\":\\{\"latency\":5,\"jitter\":0},\"name\":\"latency_downstream\",.*}]},"
                        + "\"b\":\\{.*\"enabled\":false,.*\"toxics\":\\[]}}");
    }

    @Test
    void whatWasSavedFromOneServerStartsAnother() throws Exception {
        ProxyFile file = file("[{\"name\":\"a\",\"upstream\":\"127.0.0.1:1\",\"enabled\":false,"
                + "\"toxics\":[{\"type\":\"slicer\",\"attributes\":{\"average_size\":9}}]}]");
        String shown = proxiesOf(file);
        String saved = "[" + shown.substring(shown.indexOf(':') + 1, shown.length() - 1) + "]";
        assertThat(proxiesOf(file(saved))).isEqualTo(shown);
    }

    @Test
    void allProblemsAreToldAtOnceEachWithItsPlace() {
        String[] told = problems("""
            [{"name": "a", "upstream": "nowhere", "tocics": []},
             {"name": "a", "upstream": "127.0.0.1:1", "listen": "0.0.0.0:1", "enabled": "no"},
             {"toxics": [{"type": "latancy"}, {"type": "timeout", "stream": "up", "toxicity": 5},
               {"type": "latency", "attributes": {"latency": -1}}, {"type": "noop"}, {"type": "noop"}]},
             7]
            """);
        assertThat(told)
                .containsExactly(
                        "1:28: upstream must be host:port like 127.0.0.1:8080, got 'nowhere'",
                        "1:39: unknown key 'tocics'",
                        "2:11: a second proxy is named 'a'",
                        "2:53: listen must be a loopback address like 127.0.0.1:8080, got '0.0.0.0:1'",
                        "2:77: enabled must be true or false, got \"no\"",
                        "3:2: 'name' is missing",
                        "3:2: 'upstream' is missing",
                        "3:23: unknown toxic 'latancy'",
                        "3:65: unknown stream 'up'",
                        "3:83: toxicity must be 0 to 1, got 5.0",
                        "4:38: latency must be 0 to 365 days, got -0.001 s",
                        "4:74: a second toxic of this proxy is named 'noop_downstream'",
                        "5:2: number where an object is needed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                   | 1:1: nothing where an array of proxies is needed",
                "{}                                 | 1:1: object where an array of proxies is needed",
                "[{\"name\":\"a\",\"name\":\"a\",\"upstream\":\"127.0.0.1:1\"}] | 1:14: 'name' is there twice",
            })
    void whatIsNoArrayOfProxiesIsRefused(String json, String problem) {
        assertThat(problems(json == null ? "" : json)).containsExactly(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[{]", "nonsense", "[] []", "[1e]", "[\"\u0000\"]", "{\"a\":"})
    void whatIsNoJsonIsToldWithItsPlace(String text) {
        assertThat(problems(text)).singleElement().asString().matches("\\d+:\\d+: not JSON: .*");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(problems("[".repeat(100_000))).singleElement().asString().contains("not JSON: ");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ProxyFile.read(folder.resolve("none.json")))
                .isInstanceOf(ProxyFileException.class)
                .hasMessageContaining("none.json: no such file");
    }

    @Test
    void binaryIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThatThrownBy(() -> ProxyFile.read(file))
                .isInstanceOf(ProxyFileException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aPortThatIsTakenStopsTheStartAndLeavesNothingListening() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ProxyFile file = file("[{\"name\":\"a\",\"upstream\":\"127.0.0.1:1\",\"listen\":\"127.0.0.1:%d\"}]"
                    .formatted(taken.getLocalPort()));
            assertThatThrownBy(() -> proxiesOf(file))
                    .isInstanceOf(CannotListenException.class)
                    .hasMessage("proxy 'a': listen tcp 127.0.0.1:%d: bind: address already in use"
                            .formatted(taken.getLocalPort()));
        }
    }

    @Test
    void everyTypeOfToxicIsKnown() {
        assertThat(ToxicAttributes.TYPES)
                .hasSize(8)
                .allSatisfy(type -> assertThat(ToxicAttributes.blank(type))
                        .hasValueSatisfying(toxic -> assertThat(toxic.type()).isEqualTo(type)));
    }

    private static String proxiesOf(ProxyFile file) throws Exception {
        ServerOptions options = new ServerOptions(ServerOptions.LOOPBACK, 0, 1, file);
        try (ToxiproxyServer server = ToxiproxyServer.start(options, _ -> {});
                HttpClient http = HttpClient.newHttpClient()) {
            URI proxies = URI.create("http://127.0.0.1:%d/proxies".formatted(server.port()));
            return http.send(HttpRequest.newBuilder(proxies).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private ProxyFile file(String json) throws IOException, ProxyFileException {
        return ProxyFile.read(Files.writeString(folder.resolve("proxies.json"), json));
    }

    private String[] problems(String json) {
        ProxyFileException refused = catchThrowableOfType(ProxyFileException.class, () -> file(json));
        return refused.problems().stream()
                .map(problem -> "%d:%d: %s".formatted(problem.line(), problem.column(), problem.what()))
                .toArray(String[]::new);
    }
}
