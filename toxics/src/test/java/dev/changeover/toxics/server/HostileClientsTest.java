package dev.changeover.toxics.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Callers of the API that mean ill, or are many: each is answered or let go, and the next is served as ever.
@Timeout(120)
class HostileClientsTest {

    private static final String DISABLED = "{\"name\":\"%s\",\"upstream\":\"127.0.0.1:1\",\"enabled\":false}";

    private ToxiproxyServer server;

    @BeforeEach
    void start() {
        server = ToxiproxyServer.start(1, _ -> {});
    }

    @AfterEach
    void itServesAsEver() throws IOException {
        assertThat(call("GET", "/version", "")).contains("{\"version\": \"2.12.0\"}");
        server.close();
    }

    @Test
    void aBodyOfAHundredMegabytesIsRefusedWithoutBeingKept() throws IOException {
        byte[] chunk = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (Socket socket = RawHttp.open(server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(head("POST", "/proxies", 100L << 20));
            for (int i = 0; i < 100; i++) {
                out.write(chunk);
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413 ")
                    .endsWith("{\"error\":\"request body too large: at most 8388608 bytes\",\"status\":413}\n");
        }
    }

    @Test
    void clientsThatLeaveInTheMiddleChangeNothing() throws IOException {
        for (int i = 0; i < 100; i++) {
            try (Socket socket = RawHttp.open(server.port())) {
                socket.getOutputStream().write(head("POST", "/proxies", 1_000));
                socket.getOutputStream().write("{\"name\":\"a\",".getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(call("GET", "/proxies", "")).endsWith("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"latency\",\"attributes\":{\"latency\":1e400}}",
                "{\"type\":\"latency\",\"attributes\":{\"latency\":NaN}}",
                "{\"type\":\"latency\",\"attributes\":{\"latency\":9223372036854775808}}",
                "{\"type\":\"latency\",\"attributes\":{\"latency\":9223372036854775807}}",
                "{\"type\":\"slicer\",\"attributes\":{\"delay\":-9223372036854775808}}",
                "{\"type\":\"latency\",\"toxicity\":1e400}",
                "{\"type\":\"latency\",\"toxicity\":-0.0001}",
                "{\"type\":\"latency\",\"toxicity\":1e1000000000}",
                "\u0000\u0001\u0002",
                "{\"type\":",
            })
    void numbersAndBytesThatMeanNothingAreABadRequest(String toxic) throws IOException {
        call("POST", "/proxies", DISABLED.formatted("a"));
        assertThat(call("POST", "/proxies/a/toxics", toxic))
                .startsWith("HTTP/1.1 400 ")
                .contains("{\"error\":\"bad request body: ");
        assertThat(call("GET", "/proxies/a/toxics", "")).endsWith("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void deepNestingIsABadRequest(String opening) throws IOException {
        assertThat(call("POST", "/proxies", opening.repeat(10_000))).startsWith("HTTP/1.1 400 ");
        assertThat(call("POST", "/populate", opening.repeat(10_000))).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aNameOfTwoMegabytesIsANameLikeAnyOther() throws IOException {
        String name = "n".repeat(2 << 20);
        assertThat(call("POST", "/proxies", DISABLED.formatted(name))).startsWith("HTTP/1.1 201 ");
        assertThat(call("GET", "/proxies", "")).contains("\"name\":\"" + name + "\"");
        assertThat(call("GET", "/proxies/" + name, "")).startsWith("HTTP/1.0 414 ");
        assertThat(call("GET", "/metrics", "")).contains(name);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 129, 5_000})
    void requestsThatAreSentWithoutWaitingAreAllAnswered(int requests) throws IOException {
        try (Socket socket = RawHttp.open(server.port())) {
            Thread.ofVirtual().start(() -> send(socket, "GET /version HTTP/1.1\r\nHost: x\r\n\r\n", requests));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers.split("\"2\\.12\\.0\"", -1)).hasSize(requests + 1);
        }
    }

    private static void send(Socket socket, String request, int times) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(request.repeat(times - 1).getBytes(StandardCharsets.UTF_8));
            out.write(request.replace("Host: x", "Host: x\r\nConnection: close").getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // what was read says so
        }
    }

    @Test
    void clientsThatDripHoldUpNobody() throws IOException {
        List<Socket> dripping = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                Socket socket = RawHttp.open(server.port());
                dripping.add(socket);
                socket.getOutputStream().write("POST /proxies HTTP/1.1\r\nHo".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(call("GET", "/proxies", "")).endsWith("{}");
        } finally {
            for (Socket socket : dripping) {
                socket.close();
            }
        }
    }

    @Test
    void oneOfFiftyThatWantANameGetsIt() throws Exception {
        assertThat(statuses(50, _ -> call("POST", "/proxies", DISABLED.formatted("a"))))
                .containsOnlyOnce(201)
                .contains(409)
                .hasSize(50)
                .allMatch(status -> status == 201 || status == 409);
    }

    @Test
    void aThousandClientsAtOnceAreServed() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(statuses(1_000, i -> "HTTP/1.1 " + post(http, DISABLED.formatted("p" + i))))
                    .hasSize(1_000)
                    .containsOnly(201);
        }
        assertThat(call("GET", "/proxies", "").split("\"upstream\"", -1)).hasSize(1_001);
    }

    @Test
    void tenThousandProxiesAreMadeListedAndReset() throws IOException {
        String all = IntStream.range(0, 10_000)
                .mapToObj(i -> DISABLED.formatted("p" + i))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(call("POST", "/populate", all)).startsWith("HTTP/1.1 201 ");
        assertThat(call("GET", "/proxies", "").split("\"upstream\"", -1)).hasSize(10_001);
        assertThat(call("GET", "/metrics", "").split("changeover_proxy_connections_total\\{", -1))
                .hasSize(10_001);
    }

    @Test
    void anUpstreamThatDoesNotResolveEndsItsConnections() throws IOException {
        String made = call("POST", "/proxies", "{\"name\":\"a\",\"upstream\":\"nowhere.invalid:80\"}");
        String listen = made.replaceFirst("(?s).*\"listen\":\"([^\"]*)\".*", "$1");
        try (TestClient client = TestClient.to(listen)) {
            assertThat(client.socket().getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void closingEndsEverything() throws Exception {
        ToxiproxyServer other = ToxiproxyServer.start(1, _ -> {});
        try (Socket idle = RawHttp.open(other.port())) {
            idle.getOutputStream().write("GET /version HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(idle.getInputStream().read()).isEqualTo('H');
            other.close();
            assertThat(idle.getInputStream().readAllBytes()).asString().endsWith("{\"version\": \"2.12.0\"}\n");
        }
    }

    private interface Call {
        String at(int index) throws Exception;
    }

    private static List<Integer> statuses(int callers, Call call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> calls = IntStream.range(0, callers)
                    .<Callable<Integer>>mapToObj(i ->
                            () -> Integer.parseInt(call.at(i).substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length())))
                    .toList();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answered : threads.invokeAll(calls)) {
                statuses.add(answered.get());
            }
            return statuses;
        }
    }

    private int post(HttpClient http, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/proxies".formatted(server.port())))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private String call(String method, String path, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return RawHttp.call(server.port(), new String(head(method, path, bytes.length), StandardCharsets.UTF_8) + body);
    }

    private static byte[] head(String method, String path, long length) {
        return "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                .formatted(method, path, length)
                .getBytes(StandardCharsets.UTF_8);
    }
}
