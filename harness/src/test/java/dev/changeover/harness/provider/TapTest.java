package dev.changeover.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a tap passes on, both ways, and what it writes down of it.
@Timeout(60)
class TapTest {

    @Test
    void streamPassesPieceByPiece() throws Exception {
        CountDownLatch firstSeen = new CountDownLatch(1);
        RawPeer provider = new RawPeer(socket -> {
            RawPeer.say(socket, Answers.stream(Answers.words("one")));
            firstSeen.await();
            RawPeer.say(socket, Answers.words("two") + "data: [DONE]\n\n");
        });
        try (TapBench bench = new TapBench(provider);
                RawClient client = bench.client().ask(true, 5)) {
            String first = client.readUntil("one");
            firstSeen.countDown();

            assertThat(first).contains("200 OK", "text/event-stream");
            assertThat(client.readUntil("0\r\n\r\n")).contains("two", "[DONE]");
            Event.UpstreamCall row = bench.row();
            assertThat(row.outcome()).isEqualTo(Outcome.SERVED);
            assertThat(row.id()).hasValue(new CallId(Purpose.REQUEST, 5));
            assertThat(row.delivered()).isTrue();
            assertThat(row.status()).hasValue(200);
            assertThat(row.faults()).isEmpty();
            assertThat(row.timing().firstTokenNanos().getAsLong())
                    .isLessThan(row.timing().lastTokenNanos().getAsLong());
        }
    }

    @Test
    void providerSeesTheRealKeyAndTheOriginalUserAndNoId() throws Exception {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"about\"}],"
                + "\"user\":\"changeover-q5/ann\"}";
        String headers = "Authorization: Bearer changeover-placeholder\r\nX-Other: kept\r\n"
                + "x-changeover-id: changeover-q5\r\nX-Changeover-Conversation: c%201\r\n";
        try (TapBench bench = TapBench.answering(Answers.WHOLE);
                RawClient client = bench.client().post(body, headers)) {
            client.readUntil("}}");

            assertThat(bench.provider.requests.take())
                    .startsWith("POST /v1/chat/completions HTTP/1.1")
                    .containsIgnoringCase("authorization: Bearer real-key")
                    .containsIgnoringCase("x-other: kept")
                    .contains("\"user\":\"ann\"")
                    .doesNotContainIgnoringCase("changeover-");
            assertThat(bench.row().id()).hasValue(new CallId(Purpose.REQUEST, 5));
        }
    }

    @Test
    void keyIsNotInTheTextOfTheConfig() {
        assertThat(new Tap.Config(Arm.OLD, URI.create("http://127.0.0.1:1/v1"), Optional.of("secret"), 1).toString())
                .doesNotContain("secret");
    }

    @Test
    void modelsWithoutAnIdAreProbes() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.whole("{\"data\":[]}"));
                RawClient client = bench.client().get("/v1/models")) {
            client.readUntil("]}");

            Event.UpstreamCall row = bench.row();
            assertThat(row.id().orElseThrow().purpose()).isEqualTo(Purpose.PROBE);
            assertThat(row.outcome()).isEqualTo(Outcome.SERVED);
        }
    }

    @Test
    void bodyOverTheBoundIsRefused() throws Exception {
        try (TapBench bench = TapBench.answering(Answers.WHOLE);
                RawClient client = bench.client()) {
            Thread.ofVirtual().start(() -> sayTooMuch(client));
            assertThat(client.readUntil("}}")).contains("413");
            assertThat(bench.provider.requests).isEmpty();
        }
    }

    private static void sayTooMuch(RawClient client) {
        try {
            int size = BodyCollector.BOUND + (1 << 20);
            client.say("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: " + size + "\r\n\r\n");
            String some = "x".repeat(1 << 20);
            for (int sent = 0; sent < size; sent += some.length()) {
                client.say(some);
            }
        } catch (IOException _) {
            // refused before all was said
        }
    }
}
