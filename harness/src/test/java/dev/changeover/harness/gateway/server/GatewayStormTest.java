package dev.changeover.harness.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Hash;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many callers at once, providers that fail in every way: each caller is answered once and honestly.
@Timeout(120)
class GatewayStormTest {

    private static final int CALLERS = 200;
    private static final Deadlines TIGHT =
            new Deadlines(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(20));
    private static final Gateway.Retry THREE_RETRIES =
            new Gateway.Retry(3, Duration.ofMillis(20), 2, Gateway.Retry.Jitter.FULL);

    @Test
    void everyCallerIsAnsweredOnceAndEveryTryIsTold() throws Exception {
        try (FakeProvider old = FakeProvider.start(stormy(1));
                FakeProvider fresh = FakeProvider.start(stormy(2));
                var gateway = new GatewayFixture(
                        GatewayFixture.config(THREE_RETRIES, Gateway.Trust.CONTENT, TIGHT), old, fresh)) {
            List<HttpResponse<String>> answers = callAll(gateway);
            assertThat(answers).allSatisfy(GatewayStormTest::isHonest);
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSizeGreaterThan(CALLERS / 2);
            Map<Long, Long> tries = gateway.attempts.stream()
                    .collect(Collectors.groupingBy(attempt -> attempt.id().number(), Collectors.counting()));
            assertThat(tries).hasSize(CALLERS);
            assertThat(tries.values()).allSatisfy(count -> assertThat(count).isBetween(1L, 4L));
            assertThat(gateway.attempts).hasSizeGreaterThanOrEqualTo(old.chats.size() + fresh.chats.size());
        }
    }

    private static List<HttpResponse<String>> callAll(GatewayFixture gateway) throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int number = i;
                calls.add(() -> gateway.chat(number, number % 3 != 0));
            }
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : callers.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private static void isHonest(HttpResponse<String> answer) {
        String body = answer.body();
        boolean stream = answer.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
        if (answer.statusCode() != 200) {
            assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
            assertThat(body).contains("\"error\"");
        } else if (stream) {
            assertThat(body.contains("[DONE]")).as(body).isNotEqualTo(body.contains("\"error\""));
            assertThat(body.split("hello", -1)).as(body).hasSize(2);
        } else {
            assertThat(body).isEqualTo(Texts.answer("hello"));
        }
    }

    /// What befalls a try is addressed by provider, request and how often this provider has seen it.
    private static FakeProvider.Behaviour stormy(long seed) {
        Map<String, Integer> seen = new ConcurrentHashMap<>();
        return (connection, request) -> {
            String id = request.header("x-changeover-id").orElseThrow();
            int time = seen.merge(id, 1, Integer::sum);
            boolean stream = request.body().contains("\"stream\":true");
            switch ((int) (Hash.unit(Hash.mix(seed, Hash.of(id), time)) * 12)) {
                case 0 -> connection.json(503, Texts.error("overloaded"));
                case 1 -> connection.json(429, Texts.error("slow down"), "retry-after: 0");
                case 2 -> connection.staySilent();
                case 3 -> connection.reset();
                case 4 -> connection.json(200, Texts.EMPTY_ANSWER);
                case 5 -> breakOff(connection, stream);
                case 6 -> connection.sse(Texts.ROLE, Texts.FINISH, Texts.DONE);
                default -> answer(connection, stream);
            }
        };
    }

    private static void breakOff(FakeProvider.Connection connection, boolean stream) throws IOException {
        if (stream) {
            connection.startSse();
            connection.chunk(Texts.ROLE + Texts.content("hello"));
        } else {
            connection.raw("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"choices\":[");
        }
        connection.end();
    }

    private static void answer(FakeProvider.Connection connection, boolean stream) throws IOException {
        if (stream) {
            connection.sse(Texts.ROLE, Texts.content("hello"), Texts.FINISH, Texts.DONE);
        } else {
            connection.json(200, Texts.answer("hello"));
        }
    }
}
