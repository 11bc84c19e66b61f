package dev.changeover.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.measurement.Fit;
import dev.changeover.harness.scenario.FittedProfile;
import dev.changeover.harness.scenario.FittedProfile.Measured;
import dev.changeover.harness.scenario.FittedProfile.Play;
import dev.changeover.harness.scenario.FittedProfile.Written;
import dev.changeover.harness.wire.AnswerReader;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A provider that was measured to fail in one way fails in that way, to a client that looks at the bytes.
@Timeout(60)
class FailedAnswersTest {

    private static Vertx vertx;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
    }

    @ParameterizedTest
    @CsvSource({
        "true, 429, slow down, RATE_LIMITED",
        "false, 429, slow down, RATE_LIMITED",
        "true, 529, busy, OVERLOADED",
        "true, 500, broken, SERVER_ERROR",
        "false, 502, broken, SERVER_ERROR",
        "true, '', 'Expecting value: line 30 column 1 (char 29) [200 OK]', EMPTY_ANSWER",
        "false, '', 'Expecting value: line 30 column 1 (char 29) [200 OK]', EMPTY_ANSWER",
        "true, '', 'Expecting value: line 3 column 1 (char 29) [200 OK]', MALFORMED",
        "false, '', 'Expecting value: line 3 column 1 (char 29) [200 OK]', MALFORMED"
    })
    void answersFailAsTheyDid(boolean stream, String status, String said, ErrorKind kind) throws Exception {
        try (SimulatedProvider provider = failing(status, said);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:%d/v1/chat/completions".formatted(provider.port())))
                            .POST(HttpRequest.BodyPublishers.ofString(body(stream)))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());

            assertThat(kindOf(answer)).isEqualTo(new Outcome.Failed(kind));
            if (!status.isEmpty()) {
                assertThat(answer.statusCode()).isEqualTo(Integer.parseInt(status));
            }
        }
    }

    @Test
    void aConnectionThatFailedIsClosedWithoutAnAnswer() throws Exception {
        try (SimulatedProvider provider = failing("", "Connection error.");
                Socket socket = asking(provider, true)) {
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    @Test
    void aStreamThatWasCutIsCutInItsMiddle() throws Exception {
        try (SimulatedProvider provider = failing("", "incomplete chunked read");
                Socket socket = asking(provider, true)) {
            String came = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(came).startsWith("HTTP/1.1 200").doesNotContain("[DONE]", "\"finish_reason\":\"");
            assertThat(came.split("\"content\":\" ", -1).length - 1)
                    .as("words after the first")
                    .isBetween(3, 5);
        }
    }

    @Test
    void aTimeoutIsSilenceUntilTheCallerLeaves() throws Exception {
        try (SimulatedProvider provider = failing("", "Request timed out.")) {
            try (Socket socket = asking(provider, true)) {
                socket.setSoTimeout(300);
                InputStream in = socket.getInputStream();
                while (provider.running() == 0) {
                    Thread.onSpinWait();
                }

                assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
                assertThat(provider.running()).isEqualTo(1);
            }
            while (provider.running() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    private static Outcome kindOf(HttpResponse<byte[]> answer) {
        AnswerReader reader = new AnswerReader(
                answer.statusCode(), answer.headers().firstValue("content-type").orElse(null));
        reader.feed(answer.body(), 0, answer.body().length);
        return reader.finish(true).outcome();
    }

    /// One that failed nearly always.
    private SimulatedProvider failing(String status, String said) throws IOException {
        StringBuilder csv =
                new StringBuilder("first_token_latency_ms,total_latency_ms,completion_tokens,status,error\n");
        csv.append("1,2,10,,\n".repeat(20));
        csv.append(",,,%s,\"%s\"%n".formatted(status, said).repeat(199_980));
        Path file = Files.writeString(folder.resolve("probe.csv"), csv);
        FittedProfile profile =
                new FittedProfile(Measured.all(file), new Play.Distribution(), Written.NOTHING, Set.of(), "");
        return SimulatedProvider.start(vertx, Fit.of(profile), 7, () -> 0);
    }

    private static Socket asking(SimulatedProvider provider, boolean stream) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), provider.port());
        String body = body(stream);
        RawPeer.say(
                socket,
                "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body);
        socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
        return socket;
    }

    private static String body(boolean stream) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"about\"}],\"stream\":" + stream
                + ",\"max_tokens\":10}";
    }
}
