package dev.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ProviderCommandTest {

    @Test
    void itAnswersAsTheScenarioSays() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + Path.of("jvm.options").toAbsolutePath(),
                        "-Dchangeover.library=" + Path.of("library").toAbsolutePath(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "provider",
                        "provider-comparison",
                        "--arm",
                        "new",
                        "--listen",
                        "0")
                .start();
        try (BufferedReader out = process.inputReader();
                HttpClient client = HttpClient.newHttpClient()) {
            Matcher address = Pattern.compile("provider: (http://\\S+) answers as the new provider")
                    .matcher(out.readLine());
            assertThat(address.find()).isTrue();
            HttpRequest question = HttpRequest.newBuilder(URI.create(address.group(1) + "/chat/completions"))
                    .POST(
                            BodyPublishers.ofString(
                                    "{\"model\":\"m\",\"max_tokens\":3,\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}]}"))
                    .build();
            assertThat(client.send(question, BodyHandlers.ofString()).body()).contains("\"completion_tokens\":3");
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "provider-comparison --arm third --listen 0|no such arm",
                "provider-comparison --listen 65536|no such port",
                "provider-comparison no-failover --listen 0|name one"
            })
    void whatCannotBeServedIsToldWithTwo(String words, String why) {
        Shell refused = Shell.run((Object[]) ("provider " + words).split(" "));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(why);
    }
}
