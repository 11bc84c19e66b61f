package dev.changeover.toxics.conformance;

import static dev.changeover.toxics.conformance.Bodies.disabled;
import static dev.changeover.toxics.conformance.Bodies.listen;
import static dev.changeover.toxics.conformance.Bodies.proxy;
import static dev.changeover.toxics.conformance.Bodies.wanted;
import static dev.changeover.toxics.conformance.RawApi.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Proxies over the API: made, shown, listed, changed, deleted.
class ProxiesTest extends OverEveryBackend {

    @Test
    void aServerWithoutProxiesShowsAnEmptyObject() {
        assertThat(api().get("/proxies")).isEqualTo("200 {}");
    }

    @Test
    void aNewProxyIsShownAsItIs() {
        String answer = api().post("/proxies", wanted("a", "127.0.0.1:1"));

        assertThat(listen(answer)).matches("127\\.0\\.0\\.1:[1-9]\\d*");
        assertThat(answer).isEqualTo("201 " + proxy("a", listen(answer), "127.0.0.1:1", true));
        assertThat(api().get("/proxies/a")).isEqualTo(answer.replaceFirst("201", "200"));
    }

    @Test
    void aDisabledProxyShowsWhatItWasGiven() {
        assertThat(api().post("/proxies", disabled("a")))
                .isEqualTo("201 " + proxy("a", "127.0.0.1:0", "127.0.0.1:1", false));
    }

    @Test
    void aProxyMayLeaveOutWhereItListens() {
        String answer = api().post("/proxies", "{\"name\":\"a\",\"upstream\":\"127.0.0.1:1\"}");
        assertThat(answer).isEqualTo("201 " + proxy("a", listen(answer), "127.0.0.1:1", true));
        assertThat(listen(answer))
                .matches(differs(
                        Difference.ONLY_THE_LOOPBACK_IS_LISTENED_ON, "\\[::]:[1-9]\\d*", "127\\.0\\.0\\.1:[1-9]\\d*"));
    }

    @Test
    void everyAddressOfTheMachineIsNotForOurs() {
        assertThat(api().post("/proxies", wanted("a", "127.0.0.1:1").replace("127.0.0.1:0", "0.0.0.0:0")))
                .startsWith(differs(
                        Difference.ONLY_THE_LOOPBACK_IS_LISTENED_ON,
                        "201 ",
                        "400 {\"error\":\"bad request body: listen must be a loopback address"));
    }

    @Test
    void aHostToListenOnIsShownResolved() {
        assertThat(listen(api().post("/proxies", wanted("a", "127.0.0.1:1").replace("127.0.0.1:0", "localhost:0"))))
                .startsWith("127.0.0.1:");
    }

    @Test
    void proxiesAreListedByName() {
        for (String name : List.of("c", "a", "b")) {
            api().post("/proxies", disabled(name));
        }
        assertThat(api().get("/proxies"))
                .isEqualTo("200 {"
                        + String.join(
                                ",",
                                IntStream.range(0, 3)
                                        .mapToObj(i -> "abc".substring(i, i + 1))
                                        .map(name ->
                                                "\"" + name + "\":" + proxy(name, "127.0.0.1:0", "127.0.0.1:1", false))
                                        .toList())
                        + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                      | 400 | missing required field: name",
                "{\"name\":null}                         | 400 | missing required field: name",
                "{\"name\":\"\",\"upstream\":\"\"}       | 400 | missing required field: name",
                "{\"upstream\":\"127.0.0.1:1\"}          | 400 | missing required field: name",
                "{\"name\":\"a\"}                        | 400 | missing required field: upstream",
                "{\"name\":\"a\",\"upstream\":\"\"}      | 400 | missing required field: upstream",
                "{\"name\":\"a\",\"upstream\":\"wrong\"} | 409 | proxy already exists",
                "{\"name\":\"a\",\"upstream\":\"x:1\",\"listen\":\"wrong\"} | 409 | proxy already exists",
            })
    void aProxyIsCheckedForItsFieldsThenForItsName(String body, int status, String error) {
        api().post("/proxies", disabled("a"));
        assertThat(api().post("/proxies", body)).isEqualTo(error(status, error));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "127.0.0.1:99999", ":80"})
    void anUpstreamThatIsNoAddressIsSaidAtOnce(String upstream) {
        assertThat(api().post("/proxies", wanted("a", upstream)))
                .startsWith(differs(
                        Difference.ADDRESSES_ARE_CHECKED, "201 ", "400 {\"error\":\"bad request body: upstream"));
    }

    @ParameterizedTest
    @CsvSource({"wrong,address wrong: missing port in address", "127.0.0.1:99999,address 99999: invalid port"})
    void aPlaceToListenThatIsNoAddressIsAnError(String listen, String words) {
        assertThat(api().post("/proxies", wanted("a", "127.0.0.1:1").replace("127.0.0.1:0", listen)))
                .isEqualTo(differs(
                        Difference.ADDRESSES_ARE_CHECKED,
                        error(500, "listen tcp: " + words),
                        error(
                                400,
                                "bad request body: listen must be host:port like 127.0.0.1:8080, got '" + listen
                                        + "'")));
        assertThat(api().get("/proxies")).isEqualTo("200 {}");
    }

    @Test
    void aPortInUseIsAnErrorAndNoProxy() throws IOException {
        String taken = api().address().getAuthority();
        assertThat(api().post("/proxies", wanted("a", "127.0.0.1:1").replace("127.0.0.1:0", taken)))
                .isEqualTo(error(500, "listen tcp " + taken + ": bind: address already in use"));
        assertThat(api().get("/proxies/a")).isEqualTo(error(404, "proxy not found"));
    }

    @Test
    void anUpdateChangesWhatItNamesAndNeverTheName() {
        String listen = listen(api().post("/proxies", wanted("a", "127.0.0.1:1")));
        assertThat(api().patch("/proxies/a", "{\"name\":\"b\",\"upstream\":\"127.0.0.1:2\"}"))
                .isEqualTo("200 " + proxy("a", listen, "127.0.0.1:2", true));
        assertThat(api().post("/proxies/a", "{\"enabled\":false}"))
                .isEqualTo("200 " + proxy("a", listen, "127.0.0.1:2", false));
        assertThat(api().patch("/proxies/a", "{\"enabled\":true,\"upstream\":null}"))
                .isEqualTo("200 " + proxy("a", listen, "127.0.0.1:2", true));
    }

    @Test
    void aNewPlaceToListenIsShownResolved() throws IOException {
        String before = listen(api().post("/proxies", wanted("a", "127.0.0.1:1")));
        String after = listen(api().patch("/proxies/a", "{\"listen\":\"localhost:%d\"}".formatted(freePort())));
        assertThat(after).matches("127\\.0\\.0\\.1:[1-9]\\d*").isNotEqualTo(before);
    }

    @Test
    void anyPortIsNoChangeToAProxyThatHasOne() {
        String before = listen(api().post("/proxies", wanted("a", "127.0.0.1:1")));
        String after = listen(api().patch("/proxies/a", "{\"listen\":\"localhost:0\"}"));
        assertThat(after.equals(before)).isEqualTo(differs(Difference.ANY_PORT_IS_THE_ONE_IT_HAS, false, true));
    }

    @Test
    void anUpdateToAPortInUseLeavesTheProxyDisabledThere() {
        api().post("/proxies", wanted("a", "127.0.0.1:1"));
        String taken = api().address().getAuthority();
        assertThat(api().patch("/proxies/a", "{\"listen\":\"" + taken + "\"}"))
                .isEqualTo(error(500, "listen tcp " + taken + ": bind: address already in use"));
        assertThat(api().get("/proxies/a")).isEqualTo("200 " + proxy("a", taken, "127.0.0.1:1", false));
    }

    @Test
    void anUpdateThatCannotBeReadChangesNothing() {
        String before = api().post("/proxies", wanted("a", "127.0.0.1:1")).replaceFirst("201", "200");
        assertThat(api().patch("/proxies/a", "{\"enabled\":false,\"upstream\":5}"))
                .startsWith("400 ");
        assertThat(api().get("/proxies/a")).isEqualTo(before);
    }

    @Test
    void anEmptyUpdateChangesNothing() {
        String before = api().post("/proxies", wanted("a", "127.0.0.1:1")).replaceFirst("201", "200");
        assertThat(api().patch("/proxies/a", "{}")).isEqualTo(before);
    }

    @Test
    void aDeletedProxyIsGone() {
        api().post("/proxies", wanted("a", "127.0.0.1:1"));
        assertThat(api().delete("/proxies/a")).isEqualTo("204 ");
        assertThat(api().get("/proxies")).isEqualTo("200 {}");
        assertThat(api().delete("/proxies/a")).isEqualTo(error(404, "proxy not found"));
    }

    @Test
    void aDeletedProxysPortIsFreeAtOnce() throws IOException {
        String listen = listen(api().post("/proxies", wanted("a", "127.0.0.1:1")));
        api().delete("/proxies/a");
        try (ServerSocket socket = new ServerSocket(port(listen), 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int port(String listen) {
        return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    }

    @Test
    void whatIsNotThereIsSaidBeforeTheBodyIsRead() {
        for (String method : List.of("GET", "POST", "PATCH", "DELETE")) {
            assertThat(api().call(method, "/proxies/none", "{")).isEqualTo(error(404, "proxy not found"));
        }
    }
}
