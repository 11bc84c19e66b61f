package dev.changeover.toxics.conformance;

import static dev.changeover.toxics.conformance.Bodies.disabled;
import static dev.changeover.toxics.conformance.Bodies.listen;
import static dev.changeover.toxics.conformance.Bodies.proxy;
import static dev.changeover.toxics.conformance.Bodies.toxic;
import static dev.changeover.toxics.conformance.Bodies.wanted;
import static dev.changeover.toxics.conformance.RawApi.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Many proxies at once, and all of them back to nothing.
class PopulateTest extends OverEveryBackend {

    private static final String LATENCY = "{\"type\":\"latency\"}";

    private static String running(String name, String listen, String upstream) {
        return "{\"name\":\"%s\",\"listen\":\"%s\",\"upstream\":\"%s\"}".formatted(name, listen, upstream);
    }

    @Test
    void newProxiesAreShownInTheOrderAsked() {
        assertThat(api().call("POST", "/populate", "[" + disabled("b") + "," + disabled("a") + "]"))
                .isEqualTo("201 {\"proxies\":["
                        + proxy("b", "127.0.0.1:0", "127.0.0.1:1", false)
                        + ","
                        + proxy("a", "127.0.0.1:0", "127.0.0.1:1", false)
                        + "]}");
    }

    @Test
    void nothingIsPopulatedByNone() {
        assertThat(api().post("/populate", "[]")).isEqualTo("201 {\"proxies\":null}");
    }

    @Test
    void proxiesRunUnlessToldOtherwise() {
        String answer = api().post("/populate", "[" + wanted("a", "127.0.0.1:1") + "]");
        assertThat(answer).isEqualTo("201 {\"proxies\":[" + proxy("a", listen(answer), "127.0.0.1:1", true) + "]}");
    }

    @Test
    void anUnchangedProxyKeepsItsToxicsAndConnections() throws Exception {
        var upstream = echo();
        String listen = listen(api().post("/proxies", wanted("a", upstream.address())));
        api().post("/proxies/a/toxics", LATENCY);
        TestClient client = closing(TestClient.to(listen));
        client.ask("warm");

        assertThat(api().post("/populate", "[" + running("a", listen, upstream.address()) + "]"))
                .isEqualTo("201 {\"proxies\":["
                        + proxy(
                                "a",
                                listen,
                                upstream.address(),
                                true,
                                toxic("\"latency\":0,\"jitter\":0", "latency_downstream", "latency", "downstream", "1"))
                        + "]}");
        assertThat(client.ask("still here")).isEqualTo("still here");
    }

    @Test
    void aChangedProxyIsReplacedByOneWithoutToxics() throws Exception {
        var upstream = echo();
        String listen = listen(api().post("/proxies", wanted("a", upstream.address())));
        api().post("/proxies/a/toxics", LATENCY);
        TestClient client = closing(TestClient.to(listen));
        client.ask("warm");

        assertThat(api().post("/populate", "[" + running("a", listen, "127.0.0.1:2") + "]"))
                .isEqualTo("201 {\"proxies\":[" + proxy("a", listen, "127.0.0.1:2", true) + "]}");
        assertThat(client.atEnd()).isTrue();
    }

    @Test
    void proxiesItDoesNotNameAreLeftAlone() {
        api().post("/proxies", disabled("old"));
        api().post("/populate", "[" + disabled("new") + "]");
        assertThat(api().get("/proxies")).contains("\"old\":", "\"new\":");
    }

    @Test
    void anUnchangedProxyThatIsToBeOffIsLeftOn() {
        String listen = listen(api().post("/proxies", wanted("a", "127.0.0.1:1")));
        boolean stays = differs(Difference.POPULATE_HEEDS_ENABLED, true, false);
        assertThat(api().post(
                                "/populate",
                                "[" + running("a", listen, "127.0.0.1:1").replace("}", ",\"enabled\":false}") + "]"))
                .isEqualTo("201 {\"proxies\":[" + proxy("a", listen, "127.0.0.1:1", stays) + "]}");
    }

    @Test
    void itStopsAtThePortThatIsTakenAndSaysHowFarItCame() {
        String taken = api().address().getAuthority();
        assertThat(api().post(
                                "/populate",
                                "[%s,%s,%s]"
                                        .formatted(disabled("a"), running("b", taken, "127.0.0.1:1"), disabled("c"))))
                .isEqualTo("500 {\"error\":\"listen tcp " + taken
                        + ": bind: address already in use\",\"status\":500,\"proxies\":["
                        + proxy("a", "127.0.0.1:0", "127.0.0.1:1", false) + "]}");
        assertThat(api().get("/proxies"))
                .isEqualTo("200 {\"a\":" + proxy("a", "127.0.0.1:0", "127.0.0.1:1", false) + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[null]                                    | missing required field: name at proxy 1",
                "[{}]                                      | missing required field: name at proxy 1",
                "[{\"name\":\"x\"}]                        | missing required field: upstream at proxy 1",
                "[{\"name\":\"x\",\"upstream\":\"x:1\"},{\"upstream\":\"x:1\"}] | missing required field: name at"
                        + " proxy 2",
            })
    void allAreCheckedBeforeAnyIsTouched(String body, String error) {
        var answer = api().exchange("POST", "/populate", body);
        assertThat(RawApi.line(answer))
                .isEqualTo("400 {\"error\":\"%s\",\"status\":400,\"proxies\":null}".formatted(error));
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(api().get("/proxies")).isEqualTo("200 {}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"``", "{}", "{\"proxies\":[]}", "[1]", "["})
    void anythingButAnArrayOfObjectsIsABadRequest(String body) {
        assertThat(api().post("/populate", body))
                .startsWith("400 {\"error\":\"bad request body: ")
                .endsWith("\"status\":400,\"proxies\":null}");
    }

    @Test
    void resetEnablesAllAndRemovesAllToxics() {
        api().post("/proxies", disabled("a"));
        api().post("/proxies", disabled("b"));
        api().post("/proxies/a/toxics", LATENCY);
        api().post("/proxies/a/toxics", "{\"type\":\"timeout\",\"stream\":\"upstream\"}");

        assertThat(api().post("/reset", "")).isEqualTo("204 ");

        for (String name : new String[] {"a", "b"}) {
            String now = api().get("/proxies/" + name);
            assertThat(now).isEqualTo("200 " + proxy(name, listen(now), "127.0.0.1:1", true));
        }
    }

    @Test
    void resetOfNothingIsFine() {
        assertThat(api().post("/reset", "whatever")).isEqualTo("204 ");
    }

    @Test
    void resetSaysWhatCannotBeEnabled() {
        String taken = api().address().getAuthority();
        api().post("/proxies", disabled("a").replace("127.0.0.1:0", taken));
        assertThat(api().post("/reset", ""))
                .isEqualTo(error(500, "listen tcp " + taken + ": bind: address already in use"));
    }
}
