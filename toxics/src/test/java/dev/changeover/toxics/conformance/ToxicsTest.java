package dev.changeover.toxics.conformance;

import static dev.changeover.toxics.conformance.Bodies.disabled;
import static dev.changeover.toxics.conformance.Bodies.toxic;
import static dev.changeover.toxics.conformance.RawApi.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Toxics over the API: made, shown, listed, changed, deleted.
class ToxicsTest extends OverEveryBackend {

    private static final String TOXICS = "/proxies/a/toxics";

    @BeforeEach
    void makeAProxy() {
        api().post("/proxies", disabled("a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "latency    | \"latency\":0,\"jitter\":0",
                "bandwidth  | \"rate\":0",
                "slow_close | \"delay\":0",
                "timeout    | \"timeout\":0",
                "reset_peer | \"timeout\":0",
                "slicer     | \"average_size\":0,\"size_variation\":0,\"delay\":0",
                "limit_data | \"bytes\":0",
                "noop       | ''",
            })
    void aNewToxicTakesItsDefaults(String type, String attributes) {
        String expected = "200 " + toxic(attributes, type + "_downstream", type, "downstream", "1");
        assertThat(api().post(TOXICS, "{\"type\":\"" + type + "\"}")).isEqualTo(expected);
        assertThat(api().get(TOXICS + "/" + type + "_downstream")).isEqualTo(expected);
    }

    @Test
    void aNewToxicTakesWhatItIsGiven() {
        assertThat(api().post(
                                TOXICS,
                                "{\"name\":\"t\",\"type\":\"slicer\",\"stream\":\"upstream\",\"toxicity\":0.5,"
                                        + "\"attributes\":{\"delay\":7,\"average_size\":64,\"size_variation\":8}}"))
                .isEqualTo("200 "
                        + toxic(
                                "\"average_size\":64,\"size_variation\":8,\"delay\":7",
                                "t",
                                "slicer",
                                "upstream",
                                "0.5"));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1.0,1", "0,0", "0.0,0", "0.1,0.1", "0.25,0.25", "0.333333333333,0.33333334"})
    void toxicityIsShownAsShortAsItCanBe(String given, String shown) {
        assertThat(api().post(TOXICS, "{\"type\":\"noop\",\"toxicity\":" + given + "}"))
                .isEqualTo("200 " + toxic("", "noop_downstream", "noop", "downstream", shown));
    }

    @Test
    void upstreamToxicsAreListedFirstThenInTheOrderTheyCame() {
        for (String name : List.of("d2", "u2", "d1", "u1")) {
            String stream = name.startsWith("u") ? "upstream" : "downstream";
            api().post(TOXICS, "{\"type\":\"noop\",\"name\":\"%s\",\"stream\":\"%s\"}".formatted(name, stream));
        }
        String list = "["
                + String.join(
                        ",",
                        toxic("", "u2", "noop", "upstream", "1"),
                        toxic("", "u1", "noop", "upstream", "1"),
                        toxic("", "d2", "noop", "downstream", "1"),
                        toxic("", "d1", "noop", "downstream", "1"))
                + "]";
        assertThat(api().get(TOXICS)).isEqualTo("200 " + list);
        assertThat(api().get("/proxies/a")).contains("\"toxics\":" + list);
    }

    @Test
    void aProxyWithoutToxicsListsNone() {
        assertThat(api().get(TOXICS)).isEqualTo("200 []");
    }

    @Test
    void theStreamMayBeWrittenInAnyCase() {
        String written = differs(Difference.STREAMS_ARE_SHOWN_IN_LOWER_CASE, "UpStream", "upstream");
        assertThat(api().post(TOXICS, "{\"type\":\"noop\",\"stream\":\"UpStream\"}"))
                .isEqualTo("200 " + toxic("", "noop_" + written, "noop", written, "1"));
    }

    /// In this order: JSON, stream, type, duplicate, attributes.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                   | 400 | invalid toxic type",
                "{\"type\":\"x\",\"stream\":\"side\"} | 400 | stream was invalid, can be either upstream or downstream",
                "{\"type\":\"x\",\"stream\":\"\"}     | 400 | stream was invalid, can be either upstream or downstream",
                "{\"type\":\"x\",\"name\":\"t\"}      | 400 | invalid toxic type",
                "{\"type\":\"LATENCY\"}               | 400 | invalid toxic type",
                "{\"type\":\"noop\",\"name\":\"t\"}   | 409 | toxic already exists",
                "{\"type\":\"noop\",\"name\":\"t\",\"stream\":\"upstream\"}              | 409 | toxic already exists",
                "{\"type\":\"latency\",\"name\":\"t\",\"attributes\":{\"latency\":\"\"}} | 409 | toxic already exists",
            })
    void aToxicIsCheckedForStreamTypeNameThenAttributes(String body, int status, String error) {
        api().post(TOXICS, "{\"type\":\"timeout\",\"name\":\"t\"}");
        assertThat(api().post(TOXICS, body)).isEqualTo(error(status, error));
    }

    @Test
    void attributesThatCannotBeReadMakeNoToxic() {
        assertThat(api().post(TOXICS, "{\"type\":\"latency\",\"attributes\":{\"latency\":\"5\"}}"))
                .startsWith("400 {\"error\":\"bad request body: ");
        assertThat(api().get(TOXICS)).isEqualTo("200 []");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "latency    | {\"latency\":-1}              | \"latency\":-1,\"jitter\":0",
                "latency    | {\"jitter\":-1}               | \"latency\":0,\"jitter\":-1",
                "bandwidth  | {\"rate\":-1}                 | \"rate\":-1",
                "slow_close | {\"delay\":-1}                | \"delay\":-1",
                "timeout    | {\"timeout\":-1}              | \"timeout\":-1",
                "reset_peer | {\"timeout\":-1}              | \"timeout\":-1",
                "limit_data | {\"bytes\":-1}                | \"bytes\":-1",
                "slicer     | {\"average_size\":-1}         | \"average_size\":-1,\"size_variation\":0,\"delay\":0",
                "slicer     | {\"size_variation\":1}        | \"average_size\":0,\"size_variation\":1,\"delay\":0",
                "latency    | {\"latency\":9223372036854775807} | \"latency\":9223372036854775807,\"jitter\":0",
            })
    void numbersThatMeanNothingAreNotTaken(String type, String given, String shown) {
        assertThat(api().post(TOXICS, "{\"type\":\"" + type + "\",\"attributes\":" + given + "}"))
                .startsWith(differs(
                        Difference.NUMBERS_ARE_CHECKED,
                        "200 " + toxic(shown, type + "_downstream", type, "downstream", "1"),
                        "400 {\"error\":\"bad request body: "));
    }

    @ParameterizedTest
    @CsvSource({"1.5", "-0.5"})
    void aToxicityThatIsNoShareIsNotTaken(String toxicity) {
        assertThat(api().post(TOXICS, "{\"type\":\"noop\",\"toxicity\":" + toxicity + "}"))
                .isEqualTo(differs(
                        Difference.NUMBERS_ARE_CHECKED,
                        "200 " + toxic("", "noop_downstream", "noop", "downstream", toxicity),
                        error(400, "bad request body: toxicity must be 0 to 1, got " + toxicity)));
    }

    @Test
    void anUpdateMergesAttributesAndLeavesTheRest() {
        api().post(TOXICS, "{\"type\":\"latency\",\"name\":\"t\",\"attributes\":{\"latency\":5}}");
        String changed = "200 " + toxic("\"latency\":5,\"jitter\":3", "t", "latency", "downstream", "0.25");

        assertThat(api().patch(
                                TOXICS + "/t",
                                "{\"attributes\":{\"jitter\":3},\"toxicity\":0.25,\"stream\":\"upstream\",\"name\":\"u\","
                                    + "\"type\":\"noop\"}"))
                .isEqualTo(changed);
        assertThat(api().post(TOXICS + "/t", "{\"toxicity\":null,\"attributes\":{\"latency\":null}}"))
                .isEqualTo(changed);
        assertThat(api().get(TOXICS + "/t")).isEqualTo(changed);
    }

    @Test
    void anUpdateThatCannotBeReadChangesNothing() {
        api().post(TOXICS, "{\"type\":\"latency\",\"name\":\"t\"}");

        assertThat(api().patch(TOXICS + "/t", "{\"attributes\":{\"latency\":1,\"jitter\":\"x\"},\"toxicity\":0.5}"))
                .startsWith("400 {\"error\":\"bad request body: ");

        String latency = differs(Difference.A_BAD_UPDATE_CHANGES_NOTHING, "1", "0");
        assertThat(api().get(TOXICS + "/t"))
                .isEqualTo(
                        "200 " + toxic("\"latency\":" + latency + ",\"jitter\":0", "t", "latency", "downstream", "1"));
    }

    @Test
    void aDeletedToxicIsGone() {
        api().post(TOXICS, "{\"type\":\"timeout\",\"name\":\"t\"}");
        assertThat(api().delete(TOXICS + "/t")).isEqualTo("204 ");
        assertThat(api().get(TOXICS)).isEqualTo("200 []");
        assertThat(api().delete(TOXICS + "/t")).isEqualTo(error(404, "toxic not found"));
    }

    @Test
    void whatIsNotThereIsSaidBeforeTheBodyIsRead() {
        for (String method : List.of("GET", "POST", "PATCH", "DELETE")) {
            assertThat(api().call(method, "/proxies/none/toxics/t", "{")).isEqualTo(error(404, "proxy not found"));
            assertThat(api().call(method, TOXICS + "/none", "{")).isEqualTo(error(404, "toxic not found"));
        }
        assertThat(api().post("/proxies/none/toxics", "{")).isEqualTo(error(404, "proxy not found"));
        assertThat(api().get("/proxies/none/toxics")).isEqualTo(error(404, "proxy not found"));
    }
}
