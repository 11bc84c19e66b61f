package dev.changeover.toxics.conformance;

import static dev.changeover.toxics.conformance.Bodies.disabled;
import static dev.changeover.toxics.conformance.Bodies.wanted;
import static dev.changeover.toxics.conformance.RawApi.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Twenty clients that want the same thing at the same time.
class RacesTest extends OverEveryBackend {

    private static final int CLIENTS = 20;

    private static List<String> atOnce(IntFunction<String> call) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> clients.submit(() -> {
                        go.await();
                        return call.apply(i);
                    }))
                    .toList();
            go.countDown();
            List<String> heard = new java.util.ArrayList<>();
            for (Future<String> answer : answers) {
                heard.add(answer.get());
            }
            return heard;
        }
    }

    @Test
    void oneOfTwentyCreatesAProxyAndTheOthersAreTold() throws Exception {
        List<String> answers = atOnce(_ -> api().post("/proxies", wanted("a", "127.0.0.1:1")));
        assertThat(answers).filteredOn(a -> a.startsWith("201 ")).hasSize(1);
        assertThat(answers)
                .filteredOn(a -> a.equals(error(409, "proxy already exists")))
                .hasSize(CLIENTS - 1);
    }

    @Test
    void oneOfTwentyAddsAToxicAndTheOthersAreTold() throws Exception {
        api().post("/proxies", disabled("a"));
        List<String> answers = atOnce(_ -> api().post("/proxies/a/toxics", "{\"type\":\"latency\"}"));
        assertThat(answers).filteredOn(a -> a.startsWith("200 ")).hasSize(1);
        assertThat(answers)
                .filteredOn(a -> a.equals(error(409, "toxic already exists")))
                .hasSize(CLIENTS - 1);
    }

    @Test
    void oneOfTwentyDeletesAProxyAndTheOthersAreTold() throws Exception {
        api().post("/proxies", wanted("a", "127.0.0.1:1"));
        List<String> answers = atOnce(_ -> api().delete("/proxies/a"));
        assertThat(answers).filteredOn(a -> a.equals("204 ")).hasSize(1);
        assertThat(answers)
                .filteredOn(a -> a.equals(error(404, "proxy not found")))
                .hasSize(CLIENTS - 1);
    }

    @Test
    void twentyDifferentProxiesAllComeToBe() throws Exception {
        List<String> answers = atOnce(i -> api().post("/proxies", wanted("p" + i, "127.0.0.1:1")));
        assertThat(answers).allMatch(a -> a.startsWith("201 "));
        assertThat(answers.stream().map(Bodies::listen).distinct()).hasSize(CLIENTS);
    }
}
