package dev.changeover.toxics.conformance;

import static dev.changeover.toxics.conformance.Bodies.disabled;
import static dev.changeover.toxics.conformance.Bodies.proxy;
import static dev.changeover.toxics.conformance.Bodies.toxic;
import static dev.changeover.toxics.conformance.RawApi.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a request's JSON is read.
class BodiesReadTest extends OverEveryBackend {

    @Test
    void keysMayBeWrittenInAnyCase() {
        assertThat(api().post("/proxies", disabled("a").replace("name", "NAME").replace("listen", "Listen")))
                .isEqualTo("201 " + proxy("a", "127.0.0.1:0", "127.0.0.1:1", false));
        assertThat(api().post("/proxies/a/toxics", "{\"Type\":\"latency\",\"ATTRIBUTES\":{\"Latency\":5}}"))
                .isEqualTo("200 "
                        + toxic("\"latency\":5,\"jitter\":0", "latency_downstream", "latency", "downstream", "1"));
    }

    @Test
    void ofTwoKeysThatAreTheSameTheLastCounts() {
        assertThat(api().post("/proxies", disabled("a").replace("{", "{\"name\":\"first\",")))
                .startsWith("201 {\"name\":\"a\"");
        assertThat(api().post("/proxies", disabled("first").replace("}", ",\"NAME\":\"b\"}")))
                .startsWith("201 {\"name\":\"b\"");
    }

    @Test
    void keysNobodyKnowsAreIgnored() {
        assertThat(api().post(
                                "/proxies",
                                disabled("a").replace("{", "{\"x\":{\"y\":[1]},\"toxics\":[{}],\"Logger\":{},")))
                .isEqualTo("201 " + proxy("a", "127.0.0.1:0", "127.0.0.1:1", false));
        assertThat(api().post("/proxies/a/toxics", "{\"type\":\"noop\",\"latency\":7,\"attributes\":{\"x\":[]}}"))
                .isEqualTo("200 " + toxic("", "noop_downstream", "noop", "downstream", "1"));
    }

    @Test
    void nullIsTheSameAsAbsent() {
        api().post("/proxies", disabled("a"));
        assertThat(
                        api().post(
                                        "/proxies/a/toxics",
                                        "{\"type\":\"latency\",\"name\":null,\"stream\":null,\"toxicity\":null,\"attributes\":null}"))
                .isEqualTo("200 "
                        + toxic("\"latency\":0,\"jitter\":0", "latency_downstream", "latency", "downstream", "1"));
        assertThat(api().patch("/proxies/a", "{\"listen\":null,\"upstream\":null,\"enabled\":null,\"name\":null}"))
                .startsWith(
                        "200 {\"name\":\"a\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:1\",\"enabled\":false");
    }

    @Test
    void whatFollowsTheObjectIsIgnored() {
        assertThat(api().post("/proxies", disabled("a") + " and more")).startsWith("201 ");
        assertThat(api().patch("/proxies/a", "{}{")).startsWith("200 ");
        assertThat(api().post("/proxies/a/toxics", "{\"type\":\"noop\"}]")).startsWith("200 ");
    }

    @Test
    void theContentTypeDoesNotMatter() {
        for (String type : List.of("application/x-www-form-urlencoded", "text/xml", "nonsense")) {
            String name = type.substring(0, 4).toLowerCase(Locale.ROOT);
            assertThat(api().exchange("POST", "/proxies", disabled(name), "Content-Type", type)
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``           | EOF",
                "{            | unexpected EOF",
                "{\"name\":\"a\" | unexpected EOF",
                "[]           | json: cannot unmarshal array into Go value of type toxiproxy.Proxy",
                "1            | json: cannot unmarshal number into Go value of type toxiproxy.Proxy",
                "{\"name\":1} | json: cannot unmarshal number into Go struct field Proxy.name of type string",
                "{\"name\":\"a\",\"upstream\":[]} | "
                        + "json: cannot unmarshal array into Go struct field Proxy.upstream of type string",
                "{\"enabled\":\"yes\"} | json: cannot unmarshal string into Go struct field Proxy.enabled of type bool",
            })
    void aProxyThatCannotBeReadIsABadRequest(String body, String words) {
        String answer = api().post("/proxies", body);
        assertThat(answer).startsWith("400 {\"error\":\"bad request body: ").endsWith("\"status\":400}\n");
        assertThat(answer.equals(error(400, "bad request body: " + words)))
                .isEqualTo(differs(Difference.BAD_JSON_IS_SAID_IN_OTHER_WORDS, true, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"type\":5}",
                "{\"type\":\"noop\",\"toxicity\":\"1\"}",
                "{\"type\":\"noop\",\"attributes\":[]}"
            })
    void aToxicThatCannotBeReadIsABadRequest(String body) {
        api().post("/proxies", disabled("a"));
        assertThat(api().post("/proxies/a/toxics", body)).startsWith("400 {\"error\":\"bad request body: ");
        assertThat(api().get("/proxies/a/toxics")).isEqualTo("200 []");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "2.0", "2e0", "true", "\"5\"", "99999999999999999999", "[]"})
    void anAttributeThatIsNoWholeNumberIsABadRequest(String value) {
        api().post("/proxies", disabled("a"));
        assertThat(api().post("/proxies/a/toxics", "{\"type\":\"latency\",\"attributes\":{\"latency\":" + value + "}}"))
                .startsWith("400 {\"error\":\"bad request body: ");
    }

    @Test
    void nullIsAnObjectWithoutKeys() {
        assertThat(api().post("/proxies", "null")).isEqualTo(error(400, "missing required field: name"));
        String made = api().post("/proxies", disabled("a")).replaceFirst("201", "200");
        assertThat(api().patch("/proxies/a", "null")).isEqualTo(made);
        assertThat(api().post("/proxies/a/toxics", "null")).isEqualTo(error(400, "invalid toxic type"));
        String toxic = api().post("/proxies/a/toxics", "{\"type\":\"noop\"}");
        assertThat(api().patch("/proxies/a/toxics/noop_downstream", "null")).isEqualTo(toxic);
        assertThat(api().post("/populate", "null")).isEqualTo("201 {\"proxies\":null}");
    }

    @Test
    void lettersAreWrittenAsGoWritesThem() {
        assertThat(api().post("/proxies", disabled("<ü&\\\">")))
                .isEqualTo("201 " + proxy("\\u003cü\\u0026\\\"\\u003e", "127.0.0.1:0", "127.0.0.1:1", false));
    }
}
