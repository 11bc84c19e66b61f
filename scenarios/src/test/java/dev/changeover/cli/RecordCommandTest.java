package dev.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Recorders that are processes of their own.
@Timeout(120)
class RecordCommandTest {

    private static final Pattern LISTENING = Pattern.compile("base_url at (http://127\\.0\\.0\\.1:\\d+/v1)");

    private static final List<String> SECRETS = List.of(
            "sk-planted0123456789abcdef",
            "ann.planted@example.org",
            "4111 1111 1111 1111",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkIn0.c2lnbmF0dXJl",
            "EMP-31337",
            "+49 151 2345 6789",
            "AKIAIOSFODNN7EXAMPLE",
            "an-unshaped-planted-key",
            "planted-in-the-query");

    @TempDir
    Path folder;

    private Process process;

    @AfterEach
    void leaveNothingRunning() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep", "hash", "drop", "replace"})
    void nothingSecretIsWrittenAnywhere(String policy) throws Exception {
        try (EchoingProvider provider = new EchoingProvider();
                HttpClient client = HttpClient.newHttpClient()) {
            String base = start(provider, "--text", policy, "--mask", "staff=EMP-[0-9]+");
            String said = String.join(" and ", SECRETS);
            for (String model : List.of("m", "refused")) {
                for (boolean stream : List.of(true, false)) {
                    HttpResponse<String> answer =
                            ask(client, base, "?api-key=planted-in-the-query", """
                                {"model":"%s","stream":%s,"user":"ann.planted@example.org",
                                 "metadata":{"card":"4111 1111 1111 1111"},"api_key":"sk-planted0123456789abcdef",
                                 "messages":[{"role":"system","name":"EMP-31337","content":"Answer."},
                                  {"role":"assistant","tool_calls":[{"id":"c","type":"function","function":
                                   {"name":"f","arguments":"{\\"mail\\":\\"ann.planted@example.org\\",\\"card\\":4111111111111111}"}}]},
                                  {"role":"user","content":"%s"}]}\
                                """.formatted(model, stream, said));
                    assertThat(answer.body()).contains("EMP-31337");
                }
            }
            awaitLines(5);
            end();
            String everything = everything();
            assertThat(everything).contains("\"answer\":{\"status\":200,").contains("\"answer\":{\"status\":401,");
            assertThat(everything)
                    .doesNotContain(SECRETS.toArray(String[]::new))
                    .doesNotContain("4111111111111111");
            assertThat(everything.contains("Answer.")).isEqualTo(policy.equals("keep"));
        }
    }

    @Test
    void whatHadEndedBeforeAKillIsImported() throws Exception {
        try (EchoingProvider provider = new EchoingProvider();
                HttpClient client = HttpClient.newHttpClient()) {
            String base = start(provider);
            for (int call = 0; call < 40; call++) {
                ask(client, base, "", question("Number %d.".formatted(call)));
            }
            awaitLines(41);
            for (int call = 0; call < 40; call++) {
                client.sendAsync(request(base, "", question("Late.")), BodyHandlers.ofString());
            }
            process.destroyForcibly().waitFor();
            Path trace = folder.resolve("trace.jsonl.gz");
            Shell imported = Shell.run("import", recording(), "--out", trace);
            assertThat(imported.exitCode()).as(imported.err()).isZero();
            Matcher written = Pattern.compile("(\\d+) requests written").matcher(imported.out());
            assertThat(written.find()).isTrue();
            assertThat(Integer.parseInt(written.group(1))).isBetween(40, 80);
            assertThat(Shell.run("trace", trace).out()).contains("recorded");
        }
    }

    @Test
    void anInterruptedRecorderSaysWhatItCameTo() throws Exception {
        Interrupt.assumeHeard();
        try (EchoingProvider provider = new EchoingProvider();
                HttpClient client = HttpClient.newHttpClient()) {
            String base = start(provider, "--rotate", "1KB");
            for (int call = 0; call < 8; call++) {
                ask(client, base, "", question("Number %d.".formatted(call)));
            }
            ask(client, base, "", "{}");
            client.send(HttpRequest.newBuilder(URI.create(base + "/models")).build(), BodyHandlers.ofString());
            Interrupt.send(process);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(Files.readString(folder.resolve("output")))
                    .contains("recorded: 8 requests of 8 conversations", " files")
                    .contains("left out: 1, no chat completion in the body")
                    .contains("passed on only: 1 requests");
            assertThat(Files.readString(folder.resolve("errors"))).isEmpty();
            assertThat(Shell.run("trace", folder.resolve("recordings")).out()).contains("8 over");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--listen 70000 --upstream http://x/v1|no such port",
                "--listen 0 --upstream ftp://x|is no http or https address",
                "--listen 0 --upstream http://me:hunter2@x/v1|has more than a host",
                "--listen 0 --upstream http://x/v1?key=hunter2|has more than a host",
                "--listen 0 --upstream http://x/v1 --text some|is not keep, hash, drop or replace",
                "--listen 0 --upstream http://x/v1 --mask (|has no name",
                "--listen 0 --upstream http://x/v1 --mask a=(|is no regular expression",
                "--listen 0 --upstream http://x/v1 --sample 10|write a percentage",
                "--listen 0 --upstream http://x/v1 --sample 0%|nothing would be recorded",
                "--listen 0 --upstream http://x/v1 --rotate often|neither a size nor a duration",
                "--listen 0 --upstream http://x/v1 --trust /dev/null|is no file"
            })
    void whatCannotBeIsToldWithTwo(String options, String why) {
        List<Object> words = new ArrayList<>(List.of("record", "--out", folder.resolve("rec.jsonl")));
        words.addAll(List.of((Object[]) options.split(" ")));
        Shell refused = Shell.run(words.toArray());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(why).doesNotContain("hunter2").doesNotContain("\tat ");
        assertThat(folder.resolve("rec.jsonl")).doesNotExist();
    }

    @Test
    void aFileThatIsThereIsNeverWrittenTo() throws IOException {
        Path file = Files.writeString(folder.resolve("rec.jsonl"), "mine");
        Shell refused = Shell.run("record", "--upstream", "http://127.0.0.1:1/v1", "--listen", 0, "--out", file);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("rec.jsonl: is there already", "name another file");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aPortThatIsTakenIsToldWithFour() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Shell refused = Shell.run(
                    "record",
                    "--upstream",
                    "http://127.0.0.1:1/v1",
                    "--listen",
                    taken.getLocalPort(),
                    "--out",
                    folder.resolve("rec.jsonl"));
            assertThat(refused.exitCode()).isEqualTo(4);
            assertThat(refused.err()).contains("cannot listen on 127.0.0.1:").doesNotContain("\tat ");
        }
    }

    private Path recording() {
        return folder.resolve("recordings").resolve("rec.jsonl");
    }

    private String start(EchoingProvider provider, String... more) throws IOException, InterruptedException {
        Files.createDirectories(recording().getParent());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("jvm.options").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "record",
                "--upstream",
                provider.address(),
                "--listen",
                "0",
                "--out",
                recording().toString()));
        command.addAll(List.of(more));
        process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("output").toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        Matcher listening = LISTENING.matcher("");
        while (process.isAlive() && !listening.find()) {
            TimeUnit.MILLISECONDS.sleep(20);
            listening = LISTENING.matcher(Files.readString(folder.resolve("output")));
        }
        assertThat(process.isAlive()).as(() -> "it runs: " + everything()).isTrue();
        return listening.group(1);
    }

    private void end() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
    }

    private void awaitLines(int lines) throws IOException, InterruptedException {
        while (process.isAlive() && Files.readString(recording()).lines().count() < lines) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /// All that it wrote and said.
    private String everything() {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file)).append('\n');
            }
        } catch (IOException e) {
            return e.toString();
        }
        return text.toString();
    }

    private static String question(String text) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    private static HttpResponse<String> ask(HttpClient client, String base, String query, String body)
            throws IOException, InterruptedException {
        return client.send(request(base, query, body), BodyHandlers.ofString());
    }

    private static HttpRequest request(String base, String query, String body) {
        return HttpRequest.newBuilder(URI.create(base + "/chat/completions" + query))
                .header("Authorization", "Bearer an-unshaped-planted-key")
                .header("x-api-key", "sk-planted0123456789abcdef")
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
