package dev.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ToxiproxyCommandTest {

    private static final Pattern LISTENING = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+) speaks the API of");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.0.1", "example.org", "localhost.example.org", "127.0.0.1.nip.io"})
    void itListensOnTheLoopbackOnly(String host) {
        Shell refused = Shell.run("toxiproxy", "--host", host);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--host " + host, "loopback", "127.0.0.1");
    }

    @Test
    void aPortThatIsNoneIsRefused() {
        assertThat(Shell.run("toxiproxy", "--port", 65_536).exitCode()).isEqualTo(2);
    }

    @Test
    void aPortThatIsTakenIsToldWithoutAStackTrace() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Shell refused = Shell.run("toxiproxy", "--port", taken.getLocalPort());
            assertThat(refused.exitCode()).isEqualTo(4);
            assertThat(refused.err())
                    .contains("127.0.0.1:" + taken.getLocalPort(), "already in use")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aBadFileIsToldWithEveryPlaceAndRemedy() throws IOException {
        Path file = Files.writeString(folder.resolve("proxies.json"), "[{\"name\":\"a\"},{\"nam\":\"b\"}]");
        Shell refused = Shell.run("toxiproxy", "--config", file);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("proxies.json:1:2: 'upstream' is missing", "proxies.json:1:16: unknown key 'nam'")
                .contains("    add \"upstream\"");
    }

    @Test
    void itServesUntilItIsInterrupted() throws Exception {
        Interrupt.assumeHeard();
        Path file = Files.writeString(
                folder.resolve("proxies.json"), "[{\"name\":\"a\",\"upstream\":\"127.0.0.1:1\",\"enabled\":false}]");
        Process process = start("--port", "0", "--config", file.toString());
        try (BufferedReader out = process.inputReader();
                HttpClient http = HttpClient.newHttpClient()) {
            Matcher listening = LISTENING.matcher(out.readLine());
            assertThat(listening.find()).isTrue();
            HttpRequest proxies = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:%s/proxies".formatted(listening.group(1))))
                    .build();
            assertThat(http.send(proxies, BodyHandlers.ofString()).body()).contains("\"name\":\"a\"");

            Interrupt.send(process);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(process.errorReader().readAllAsString()).contains("every proxy is closed");
            assertThatThrownBy(() -> http.send(proxies, BodyHandlers.ofString()))
                    .isInstanceOf(ConnectException.class);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("jvm.options").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "toxiproxy"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).start();
    }
}
