package dev.changeover.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `check --probe`, with a vendor of our own in the place of a real one.
@Timeout(180)
class ProbeTest {

    private static final String KEY = "planted-key-0123456789abcdef";

    @TempDir
    Path folder;

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private HttpServer vendor;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("trace.jsonl"), """
            {"changeover_trace":1,"about":"Made up."}
            {"at_ms":0,"model":"gpt-4.1","stream":true,"input_tokens":5,"output_tokens":5}
            {"at_ms":90,"model":"gpt-4.1","stream":true,"input_tokens":5,"output_tokens":5}
            """);
        vendor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vendor.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        vendor.start();
    }

    @AfterEach
    void close() {
        vendor.stop(0);
    }

    @Test
    void simulatedProvidersServeEverythingAndNothingDiffers() {
        Shell check = probe("providers.new={simulate: {profile: instant}}");

        assertThat(check.exitCode()).as(check.err()).isZero();
        assertThat(check.out())
                .contains("old (simulated): 7 requests of one kind each", "what that costs is not known")
                .containsPattern("JSON +valid +valid\n")
                .contains("0 lines differ")
                .doesNotContain("differs\n");
    }

    @Test
    void whatAVendorDoesOtherwiseStandsBesideTheOldOne() {
        answer(exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            asked.add(body);
            exchange.getResponseHeaders().set("x-ratelimit-remaining-requests", "3");
            if (body.contains("no-such-model")) {
                say(exchange, 404, "application/json", "{\"error\":{\"message\":\"no such model\"}}");
            } else if (body.contains("\"tools\"")) {
                say(exchange, 200, "application/json", whole("""
                    {"role":"assistant","tool_calls":[{"id":"1","type":"function","function":\
                    {"name":"weather","arguments":"{\\"city\\": "}}]}\
                    """, "tool_calls"));
            } else if (body.contains("response_format")) {
                say(exchange, 400, "application/json", "{\"error\":{\"message\":\"json_object is unavailable now\"}}");
            } else if (body.contains("\"stream\":true")) {
                say(exchange, 200, "text/event-stream", """
                    : keep-alive

                    data: {"model":"other","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"length"}]}

                    """);
            } else {
                say(exchange, 200, "application/json", whole("{\"role\":\"assistant\",\"content\":\"Hi\"}", "stop"));
            }
        });

        Shell check = probe("providers.new.profile=deepseek");

        assertThat(check.exitCode()).as(check.err()).isZero();
        assertThat(check.out())
                .contains("new is called as deepseek, as providers.new.profile says")
                .contains("new (deepseek): 7 requests")
                .containsPattern("outcome +served +bad_request +differs")
                .containsPattern("JSON +valid +broken +differs")
                .containsPattern("\\[DONE] +yes +no +differs")
                .containsPattern("model +gpt-4.1 +other \\(other\\) +differs")
                .containsPattern("usage +\\d+ in, \\d+ out +none +differs")
                .contains("json_object is unavailable now")
                .contains("new tells of its limits in: x-ratelimit-remaining-requests")
                .contains("written anew for new (deepseek): 'max_completion_tokens' in 1 of 7 calls is sent as"
                        + " 'max_tokens'");
        assertThat(asked).hasSize(7).noneMatch(body -> body.contains("max_completion_tokens"));
    }

    @Test
    void providerThatRefusesEverythingIsAFindingAndEndsWithOne() {
        answer(exchange ->
                say(exchange, 402, "application/json", "{\"error\":{\"message\":\"Insufficient Balance\"}}"));

        Shell check = probe();

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out())
                .containsPattern("outcome +served +quota +differs")
                .contains("Insufficient Balance");
        assertThat(check.err()).isEmpty();
    }

    @Test
    void providerThatIsNotThereIsAFindingToo() {
        vendor.stop(0);

        Shell check = probe();

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out()).containsPattern("outcome +served +connection_refused +differs");
    }

    @Test
    void budgetThatHasNoRoomForThemRefusesThem() {
        answer(exchange -> {
            asked.add("");
            say(exchange, 500, "application/json", "{}");
        });

        Shell nothing = probe("budget={max_spend: 0 USD}");
        Shell few = probe("budget={max_requests: 6}");
        Shell dear = probe("budget={max_spend: 1 USD}", "providers.new.price={input: 9000, output: 9, currency: USD}");

        assertThat(List.of(nothing.exitCode(), few.exitCode(), dear.exitCode())).containsOnly(2);
        assertThat(nothing.err()).contains("probes of real providers cost something and budget.max_spend is 0 USD");
        assertThat(few.err()).contains("the probes are 7 calls and budget.max_requests is 6");
        assertThat(dear.err()).contains("the probes may cost");
        assertThat(asked).isEmpty();
    }

    /// In a process of its own, for its environment holds the key.
    @Test
    void keyShowsNowhereEvenWhenTheVendorSaysIt() throws Exception {
        answer(exchange -> {
            String key = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "");
            asked.add(key);
            exchange.getResponseHeaders().set("x-ratelimit-" + key, "1");
            say(
                    exchange,
                    401,
                    "application/json",
                    "{\"error\":{\"message\":\"Wrong: %s. Not %s!\",\"code\":\"%s\"}}".formatted(key, key, key));
        });
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder(command("providers.new.api_key='${PLANTED_KEY}'"))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .directory(folder.toFile())
                .start();

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(asked).isNotEmpty().containsOnly(KEY);
        assertThat(Files.readString(out)).contains("auth", "Wrong: ***").doesNotContain(KEY);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain(KEY));
        }
    }

    private List<String> command(String... settings) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "PLANTED_KEY=" + KEY,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.changeover.cli.Main"));
        command.addAll(words(settings));
        command.add("--debug");
        return command;
    }

    private Shell probe(String... settings) {
        return Shell.run(words(settings).toArray());
    }

    private List<String> words(String... settings) {
        Path scenario = folder.resolve("probe.yaml");
        try {
            Files.writeString(scenario, """
                scenario: probed
                traffic: { trace: trace.jsonl }
                providers:
                  old: { simulate: { profile: instant } }
                  new: { base_url: "http://127.0.0.1:%d/v1" }
                gateway: { reference: { route: [old, new] } }
                objectives: { latency: 30s }
                expect: { error_rate: { max: 1%% } }
                """.formatted(vendor.getAddress().getPort()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        List<String> words = new ArrayList<>(List.of("check", "--probe", scenario.toString()));
        for (String setting : settings) {
            words.add("--set");
            words.add(setting);
        }
        return words;
    }

    @FunctionalInterface
    private interface Vendor {
        void answer(HttpExchange exchange) throws IOException;
    }

    private void answer(Vendor as) {
        vendor.createContext("/v1/chat/completions", exchange -> {
            try (exchange) {
                as.answer(exchange);
            }
        });
    }

    private static String whole(String message, String reason) {
        return "{\"model\":\"gpt-4.1-2025\",\"choices\":[{\"index\":0,\"message\":%s,\"finish_reason\":\"%s\"}]}"
                .formatted(message, reason);
    }

    private static void say(HttpExchange exchange, int status, String type, String body) throws IOException {
        exchange.getResponseHeaders().set("content-type", type);
        exchange.sendResponseHeaders(status, body.getBytes(UTF_8).length);
        exchange.getResponseBody().write(body.getBytes(UTF_8));
    }
}
