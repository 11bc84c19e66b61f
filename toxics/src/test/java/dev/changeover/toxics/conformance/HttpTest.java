package dev.changeover.toxics.conformance;

import static dev.changeover.toxics.conformance.Bodies.disabled;
import static dev.changeover.toxics.conformance.RawApi.error;
import static dev.changeover.toxics.conformance.RawApi.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths, methods and headers.
class HttpTest extends OverEveryBackend {

    private static String contentType(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("none");
    }

    @Test
    void answersAreJsonWithoutALineEnd() {
        HttpResponse<String> answer = api().exchange("GET", "/proxies", "");
        assertThat(contentType(answer)).isEqualTo("application/json");
        assertThat(answer.body()).isEqualTo("{}");
    }

    @Test
    void errorsAreJsonWithALineEndThatCallThemselvesText() {
        HttpResponse<String> answer = api().exchange("GET", "/proxies/none", "");
        assertThat(line(answer)).isEqualTo(error(404, "proxy not found"));
        assertThat(contentType(answer)).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void anAnswerWithoutContentHasNoBody() {
        api().post("/proxies", disabled("a"));
        HttpResponse<String> answer = api().exchange("DELETE", "/proxies/a", "");
        assertThat(line(answer)).isEqualTo("204 ");
        assertThat(contentType(answer)).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,/proxies",
        "PATCH,/proxies",
        "DELETE,/proxies",
        "HEAD,/proxies",
        "OPTIONS,/proxies",
        "PUT,/proxies/a",
        "PUT,/proxies/a/toxics",
        "PATCH,/proxies/a/toxics",
        "PUT,/proxies/a/toxics/t",
        "GET,/reset",
        "GET,/populate",
        "POST,/version"
    })
    void aWrongMethodIsRefusedWithoutABody(String method, String path) {
        HttpResponse<String> answer = api().exchange(method, path, "");
        assertThat(line(answer)).isEqualTo("405 ");
        assertThat(contentType(answer)).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/proxies/",
                "/proxies/a/",
                "/proxies/a/other",
                "/proxies/a/toxics/",
                "/proxies/a/toxics/t/more",
                "/version/"
            })
    void anUnknownPathIsNotFound(String path) {
        HttpResponse<String> answer = api().exchange("GET", path, "");
        assertThat(line(answer)).isEqualTo("404 404 page not found\n");
        assertThat(contentType(answer)).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void metricsAreThereWithoutBeingAskedFor() {
        assertThat(api().get("/metrics")).startsWith(differs(Difference.METRICS_ARE_ALWAYS_THERE, "404 ", "200 "));
    }

    @Test
    void aQueryIsIgnored() {
        assertThat(api().get("/proxies?x=1")).isEqualTo("200 {}");
    }

    @Test
    void browsersAreRefused() {
        HttpResponse<String> answer = api().exchange("GET", "/proxies", "", "User-Agent", "Mozilla/5.0 (X11)");
        assertThat(line(answer)).isEqualTo("403 User agent not allowed\n");
        assertThat(contentType(answer)).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void browsersAreToldOfWrongPathsAndMethodsLikeAnybody() {
        assertThat(line(api().exchange("GET", "/nothing", "", "User-Agent", "Mozilla/5.0")))
                .isEqualTo("404 404 page not found\n");
        assertThat(line(api().exchange("PUT", "/proxies", "", "User-Agent", "Mozilla/5.0")))
                .isEqualTo("405 ");
    }

    @Test
    void errorsAreNotToBeSniffed() {
        for (String path : new String[] {"/proxies/none", "/nothing"}) {
            assertThat(api().exchange("GET", path, "").headers().firstValue("X-Content-Type-Options"))
                    .contains("nosniff");
        }
        assertThat(api().exchange("GET", "/proxies", "").headers().firstValue("X-Content-Type-Options"))
                .isEmpty();
    }

    @Test
    void aPathIsNotTidiedUp() {
        assertThat(api().get("//proxies")).startsWith(differs(Difference.PATHS_ARE_NOT_TIDIED, "301 ", "404 "));
        assertThat(api().get("/proxies/a/../b")).startsWith(differs(Difference.PATHS_ARE_NOT_TIDIED, "301 ", "404 "));
    }

    @Test
    void onlyWhatBeginsAsABrowserIsOne() {
        assertThat(line(api().exchange("GET", "/proxies", "", "User-Agent", "curl Mozilla/5.0")))
                .isEqualTo("200 {}");
        assertThat(line(api().exchange("GET", "/proxies", "", "User-Agent", "mozilla/5.0")))
                .isEqualTo("200 {}");
    }

    @ParameterizedTest
    @CsvSource({"a%20b,a b", "%C3%BC,ü", "a+b,a+b", "a%2Bb,a+b", "a%25b,a%b", "a%3Fb,a?b", "a:b@c,a:b@c"})
    void namesInPathsArePercentEncoded(String path, String name) {
        api().post("/proxies", disabled(name));
        assertThat(api().get("/proxies/" + path)).startsWith("200 {\"name\":\"" + name + "\"");

        api().post("/proxies/" + path + "/toxics", "{\"type\":\"noop\",\"name\":\"" + name + "\"}");
        assertThat(api().get("/proxies/" + path + "/toxics/" + path))
                .startsWith("200 ")
                .contains(name);

        assertThat(api().delete("/proxies/" + path)).isEqualTo("204 ");
    }

    @Test
    void aNameWithASlashCannotBeAskedFor() {
        api().post("/proxies", disabled("a/b"));
        assertThat(api().get("/proxies/a%2Fb")).isEqualTo("404 404 page not found\n");
        assertThat(api().get("/proxies")).contains("\"a/b\":");
    }

    @Test
    void theVersionIsAsOldClientsReadIt() {
        HttpResponse<String> answer = api().exchange("GET", "/version", "");
        assertThat(line(answer)).matches("200 \\{\"version\": \"(2\\.12\\.0|git)\"}\n");
        assertThat(contentType(answer)).isEqualTo("application/json;charset=utf-8");
    }
}
