package dev.changeover.toxics.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The API as raw HTTP: statuses, bodies, order of checks. Expectations were read off the real server, 2.12.0.
class ApiTest {

    private static final String A = "{\"name\":\"a\",\"upstream\":\"127.0.0.1:1\",\"enabled\":false}";

    private final HttpClient http = HttpClient.newHttpClient();
    private ToxiproxyServer server;

    @BeforeEach
    void start() {
        server = ToxiproxyServer.start(1, _ -> {});
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void aServerWithoutProxiesHasAnEmptyObject() throws Exception {
        assertThat(call("GET", "/proxies", "")).isEqualTo("200 {}");
    }

    @Test
    void aNewProxyIsShownAsItIs() throws Exception {
        String answer = call("POST", "/proxies", "{\"NAME\":\"a\",\"upstream\":\"127.0.0.1:1\",\"x\":1} rest");

        assertThat(answer)
                .matches("201 \\{\"name\":\"a\",\"listen\":\"127.0.0.1:[1-9]\\d*\",\"upstream\":\"127.0.0.1:1\","
                        + "\"enabled\":true,\"Logger\":\\{},\"toxics\":\\[]}");
        assertThat(call("GET", "/proxies/a", "")).isEqualTo(answer.replaceFirst("201", "200"));
    }

    @Test
    void aHostToListenOnIsResolved() throws Exception {
        assertThat(call("POST", "/proxies", "{\"name\":\"a\",\"upstream\":\"127.0.0.1:1\",\"listen\":\"localhost:0\"}"))
                .contains("\"listen\":\"127.0.0.1:");
    }

    @Test
    void proxiesAreSortedByName() throws Exception {
        call("POST", "/proxies", A.replace("\"a\"", "\"z\""));
        call("POST", "/proxies", A);

        assertThat(call("GET", "/proxies", "")).matches("200 \\{\"a\":\\{.*},\"z\":\\{.*}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "nonsense", "\"x\"", "{\"name\":1}", "{\"name\":\"a\",\"upstream\":[]}"})
    void aBodyThatIsNoProxyIsABadRequest(String body) throws Exception {
        assertThat(call("POST", "/proxies", body))
                .startsWith("400 {\"error\":\"bad request body: ")
                .endsWith("\"status\":400}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                       | 400 | missing required field: name",
                "{\"upstream\":\"127.0.0.1:1\"}           | 400 | missing required field: name",
                "{\"name\":\"b\"}                         | 400 | missing required field: upstream",
                "{\"name\":\"a\",\"upstream\":\"wrong\"}  | 409 | proxy already exists",
            })
    void aProxyIsCheckedForItsFieldsThenForItsName(String body, int status, String error) throws Exception {
        call("POST", "/proxies", A);
        assertThat(call("POST", "/proxies", body)).isEqualTo(error(status, error));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "127.0.0.1:0", "127.0.0.1:99999", ":80", "127.0.0.1:-1", "::1:80"})
    void anUpstreamThatIsNoAddressIsQuoted(String upstream) throws Exception {
        assertThat(call("POST", "/proxies", "{\"name\":\"b\",\"upstream\":\"%s\"}".formatted(upstream)))
                .isEqualTo(error(
                        400,
                        "bad request body: upstream must be host:port like 127.0.0.1:8080, got '" + upstream + "'"));
    }

    @Test
    void onlyTheLoopbackIsListenedOn() throws Exception {
        assertThat(call("POST", "/proxies", "{\"name\":\"b\",\"upstream\":\"127.0.0.1:1\",\"listen\":\"0.0.0.0:0\"}"))
                .startsWith("400 ")
                .contains("loopback");
    }

    @Test
    void aNameToListenOnIsNotLookedUp() throws Exception {
        assertThat(call(
                        "POST",
                        "/proxies",
                        "{\"name\":\"b\",\"upstream\":\"127.0.0.1:1\",\"listen\":\"example.org:0\"}"))
                .startsWith("400 ")
                .contains("loopback", "example.org:0");
    }

    @Test
    void aPortInUseIsSaidAsGoSaysIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String listen = "127.0.0.1:" + taken.getLocalPort();
            assertThat(call(
                            "POST",
                            "/proxies",
                            "{\"name\":\"a\",\"upstream\":\"127.0.0.1:1\",\"listen\":\"%s\"}".formatted(listen)))
                    .isEqualTo(error(500, "listen tcp " + listen + ": bind: address already in use"));
        }
        assertThat(call("GET", "/proxies/a", "")).isEqualTo(error(404, "proxy not found"));
    }

    @Test
    void anUpdateChangesOnlyWhatItNamesAndNeverTheName() throws Exception {
        call("POST", "/proxies", A);
        String enabled = call("PATCH", "/proxies/a", "{\"enabled\":true,\"name\":\"b\"}");
        assertThat(enabled).startsWith("200 {\"name\":\"a\",").contains("\"enabled\":true");

        assertThat(call("POST", "/proxies/a", "{\"upstream\":\"127.0.0.1:2\"}"))
                .isEqualTo(enabled.replace("127.0.0.1:1\"", "127.0.0.1:2\""));
    }

    @Test
    void whatIsNotThereIsNotFoundBeforeTheBodyIsRead() throws Exception {
        for (String method : new String[] {"GET", "POST", "PATCH", "DELETE"}) {
            assertThat(call(method, "/proxies/none", "{")).isEqualTo(error(404, "proxy not found"));
            assertThat(call(method, "/proxies/none/toxics/t", "{")).isEqualTo(error(404, "proxy not found"));
        }
        call("POST", "/proxies", A);
        for (String method : new String[] {"GET", "POST", "PATCH", "DELETE"}) {
            assertThat(call(method, "/proxies/a/toxics/none", "{")).isEqualTo(error(404, "toxic not found"));
        }
    }

    @Test
    void aNewToxicTakesItsDefaults() throws Exception {
        call("POST", "/proxies", A);
        assertThat(call("POST", "/proxies/a/toxics", "{\"type\":\"latency\"}"))
                .isEqualTo("200 {\"attributes\":{\"latency\":0,\"jitter\":0},\"name\":\"latency_downstream\","
                        + "\"type\":\"latency\",\"stream\":\"downstream\",\"toxicity\":1}");
    }

    @Test
    void upstreamToxicsAreListedFirst() throws Exception {
        call("POST", "/proxies", A);
        call("POST", "/proxies/a/toxics", "{\"type\":\"timeout\"}");
        call("POST", "/proxies/a/toxics", "{\"type\":\"reset_peer\",\"stream\":\"upstream\"}");
        assertThat(call("GET", "/proxies/a/toxics", ""))
                .isEqualTo("200 [{\"attributes\":{\"timeout\":0},\"name\":\"reset_peer_upstream\","
                        + "\"type\":\"reset_peer\",\"stream\":\"upstream\",\"toxicity\":1},"
                        + "{\"attributes\":{\"timeout\":0},\"name\":\"timeout_downstream\","
                        + "\"type\":\"timeout\",\"stream\":\"downstream\",\"toxicity\":1}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"x\",\"stream\":\"side\"} | 400 | stream was invalid, can be either upstream or downstream",
                "{\"type\":\"x\",\"name\":\"t\"}      | 400 | invalid toxic type",
                "{}                                   | 400 | invalid toxic type",
                "{\"type\":\"latency\",\"name\":\"t\",\"attributes\":{\"latency\":-1}} | 409 | toxic already exists",
                "{\"type\":\"latency\",\"name\":\"t\",\"stream\":\"upstream\"}         | 409 | toxic already exists",
                "{\"type\":\"latency\",\"attributes\":{\"latency\":-1}} "
                        + "| 400 | bad request body: latency must be 0 to 365 days, got -0.001 s",
                "{\"type\":\"latency\",\"attributes\":{\"jitter\":1.5}} "
                        + "| 400 | bad request body: jitter must be a whole number, got 1.5",
                "{\"type\":\"latency\",\"toxicity\":1.5} "
                        + "| 400 | bad request body: toxicity must be 0 to 1, got 1.5",
                "{\"type\":\"latency\",\"toxicity\":true} "
                        + "| 400 | bad request body: toxicity must be a number, got true",
            })
    void aToxicIsCheckedForStreamTypeNameThenAttributes(String body, int status, String error) throws Exception {
        call("POST", "/proxies", A);
        call("POST", "/proxies/a/toxics", "{\"type\":\"timeout\",\"name\":\"t\"}");
        assertThat(call("POST", "/proxies/a/toxics", body)).isEqualTo(error(status, error));
    }

    @Test
    void anUpdateOfAToxicMergesAttributesAndKeepsTheRest() throws Exception {
        call("POST", "/proxies", A);
        call("POST", "/proxies/a/toxics", "{\"type\":\"latency\",\"name\":\"t\",\"attributes\":{\"latency\":5}}");
        String changed = "200 {\"attributes\":{\"latency\":5,\"jitter\":3},\"name\":\"t\","
                + "\"type\":\"latency\",\"stream\":\"downstream\",\"toxicity\":0.25}";
        assertThat(call(
                        "POST",
                        "/proxies/a/toxics/t",
                        "{\"attributes\":{\"jitter\":3},\"toxicity\":0.25,\"stream\":\"upstream\",\"name\":\"u\"}"))
                .isEqualTo(changed);
        assertThat(call("GET", "/proxies/a/toxics/t", "")).isEqualTo(changed);
        assertThat(call("DELETE", "/proxies/a/toxics/t", "")).isEqualTo("204 ");
        assertThat(call("GET", "/proxies/a/toxics", "")).isEqualTo("200 []");
    }

    @Test
    void resetEnablesAllAndRemovesAllToxics() throws Exception {
        call("POST", "/proxies", A);
        call("POST", "/proxies/a/toxics", "{\"type\":\"timeout\"}");
        assertThat(call("POST", "/reset", "")).isEqualTo("204 ");
        assertThat(call("GET", "/proxies/a", "")).contains("\"enabled\":true", "\"toxics\":[]");
    }

    @Test
    void populateKeepsWhatIsUnchangedAndReplacesWhatIsNot() throws Exception {
        call("POST", "/proxies", A);
        call("POST", "/proxies/a/toxics", "{\"type\":\"timeout\"}");
        assertThat(call("POST", "/populate", "[" + A + "]"))
                .startsWith("201 {\"proxies\":[{\"name\":\"a\"")
                .contains("timeout");
        assertThat(call("POST", "/populate", "[" + A.replace("1\"", "2\"") + "]"))
                .startsWith("201 ")
                .doesNotContain("timeout");
    }

    @Test
    void populateStopsAtTheFirstPortThatIsTakenAndSaysHowFarItCame() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String listen = "127.0.0.1:" + taken.getLocalPort();
            String b = "{\"name\":\"b\",\"upstream\":\"127.0.0.1:1\",\"listen\":\"%s\"}".formatted(listen);
            assertThat(call("POST", "/populate", "[" + A + "," + b + "]"))
                    .startsWith("500 {\"error\":\"listen tcp " + listen + ": bind: address already in use\","
                            + "\"status\":500,\"proxies\":[{\"name\":\"a\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"name\":\"a\"}] | missing required field: upstream at proxy 1",
                "{}                 | bad request body: a JSON array of proxies is needed",
                "[1]                | bad request body: a JSON object is needed, got number",
            })
    void populateChecksAllBeforeItTouchesAny(String body, String error) throws Exception {
        assertThat(call("POST", "/populate", body))
                .isEqualTo("400 {\"error\":\"%s\",\"status\":400,\"proxies\":null}".formatted(error));
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,/proxies",
        "PUT,/proxies/a",
        "POST,/version",
        "GET,/reset",
        "GET,/populate",
        "POST,/metrics",
        "HEAD,/proxies",
        "OPTIONS,/proxies",
        "PUT,/proxies/a/toxics"
    })
    void aWrongMethodIsRefusedWithoutABody(String method, String path) throws Exception {
        assertThat(call(method, path, "")).isEqualTo("405 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing", "/proxies/", "/proxies/a/other", "/proxies/a/toxics/t/more"})
    void anUnknownPathIsNotFound(String path) throws Exception {
        assertThat(call("GET", path, "")).isEqualTo("404 404 page not found\n");
    }

    @Test
    void namesAreDecoded() throws Exception {
        call("POST", "/proxies", A.replace("\"a\"", "\"a b\""));
        assertThat(call("GET", "/proxies/a%20b", "")).startsWith("200 {\"name\":\"a b\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proxies/%zz", "/proxies/%", "/%"})
    void aPathThatCannotBeDecodedIsABadRequest(String path) throws Exception {
        assertThat(RawHttp.call(server.port(), "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aNullBodyIsAnEmptyOne() throws Exception {
        assertThat(call("POST", "/proxies", "null")).isEqualTo(error(400, "missing required field: name"));
        call("POST", "/proxies", A);
        assertThat(call("PATCH", "/proxies/a", "null")).startsWith("200 {\"name\":\"a\"");
        assertThat(call("POST", "/proxies/a/toxics", "null")).isEqualTo(error(400, "invalid toxic type"));
        assertThat(call("POST", "/populate", "null")).isEqualTo("201 {\"proxies\":null}");
    }

    @Test
    void textIsWrittenAsGoWritesIt() throws Exception {
        assertThat(call("POST", "/proxies", A.replace("\"a\"", "\"ü☃<&>\\u2028\\ud800\"")))
                .startsWith("201 {\"name\":\"ü☃\\u003c\\u0026\\u003e\\u2028\uFFFD\",");
    }

    @Test
    void aToxicityIsWrittenAsGoWritesIt() throws Exception {
        call("POST", "/proxies", A);
        for (String toxicity : new String[] {"0", "1", "0.3", "0.00001", "0.12345679"}) {
            assertThat(call(
                            "POST",
                            "/proxies/a/toxics",
                            "{\"type\":\"noop\",\"name\":\"t%s\",\"toxicity\":%s}".formatted(toxicity, toxicity)))
                    .endsWith("\"toxicity\":" + toxicity + "}");
        }
    }

    @Test
    void aPortThatCouldNotBeListenedOnIsGivenUpForAFreeOne() throws Exception {
        call("POST", "/proxies", A);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String listen = "{\"enabled\":true,\"listen\":\"127.0.0.1:%d\"}".formatted(taken.getLocalPort());
            assertThat(call("PATCH", "/proxies/a", listen)).startsWith("500 ");
            assertThat(call("PATCH", "/proxies/a", "{\"enabled\":true,\"listen\":\"127.0.0.1:0\"}"))
                    .startsWith("200 ");
        }
    }

    @Test
    void populateChecksAddressesBeforeItTouchesAny() throws Exception {
        call("POST", "/proxies", A);
        assertThat(call("POST", "/populate", "[" + A.replace("127.0.0.1:1", "nowhere") + "]"))
                .startsWith("400 ");
        assertThat(call("GET", "/proxies/a", "")).contains("127.0.0.1:1");
    }

    @Test
    void browsersAreRefused() throws Exception {
        HttpRequest request = request("GET", "/proxies", "")
                .header("User-Agent", "Mozilla/5.0")
                .build();
        assertThat(send(request)).isEqualTo("403 User agent not allowed\n");
    }

    @Test
    void theVersionIsThatOfTheServerItStandsFor() throws Exception {
        assertThat(call("GET", "/version", "")).isEqualTo("200 {\"version\": \"2.12.0\"}\n");
    }

    private static String error(int status, String message) {
        return "%d {\"error\":\"%s\",\"status\":%d}\n".formatted(status, message, status);
    }

    private String call(String method, String path, String body) throws IOException, InterruptedException {
        return send(request(method, path, body).build());
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
