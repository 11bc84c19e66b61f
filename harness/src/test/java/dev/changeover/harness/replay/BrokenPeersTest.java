package dev.changeover.harness.replay;

import static dev.changeover.harness.replay.Replay.PATIENT;
import static dev.changeover.harness.replay.Replay.failed;
import static dev.changeover.harness.replay.Replay.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BrokenPeersTest {

    @Test
    void aCleanEndWithoutDoneAndFinishReasonIsTruncated() throws IOException {
        assertThat(outcomeOf(Wire.STREAM_HEAD + Wire.HELLO + Wire.END)).isEqualTo(failed(ErrorKind.TRUNCATED_STREAM));
    }

    @Test
    void aBareEndInsideTheStreamIsTruncated() throws IOException {
        assertThat(outcomeOfOneAndClose(Wire.STREAM_HEAD + Wire.HELLO)).isEqualTo(failed(ErrorKind.TRUNCATED_STREAM));
    }

    @Test
    void aResetInsideTheStreamIsAReset() throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
            line.read();
            line.write(Wire.STREAM_HEAD + Wire.HELLO);
            line.reset();
        })) {
            assertThat(Replay.one(peer.port()).outcome()).isEqualTo(failed(ErrorKind.CONNECTION_RESET));
        }
    }

    @Test
    void aBareEndBeforeTheAnswerIsAReset() throws IOException {
        assertThat(outcomeOfOneAndClose("")).isEqualTo(failed(ErrorKind.CONNECTION_RESET));
        assertThat(outcomeOfOneAndClose("HTTP/1.1 200 O")).isEqualTo(failed(ErrorKind.CONNECTION_RESET));
    }

    @Test
    void aSilentPeerRunsIntoTheFirstTokenDeadline() throws IOException {
        Event.Request request = unanswered(Replay.deadlines(20_000, 200, 20_000, 20_000), "");

        assertThat(request.outcome()).isEqualTo(failed(ErrorKind.TIMEOUT_FIRST_TOKEN));
        assertThat(request.status()).isEmpty();
        assertThat(request.timing().doneNanos() - request.timing().sentNanos()).isGreaterThanOrEqualTo(200_000_000);
    }

    @Test
    void aStallRunsIntoTheIdleDeadline() throws IOException {
        Event.Request request =
                unanswered(Replay.deadlines(20_000, 20_000, 200, 20_000), Wire.STREAM_HEAD + Wire.HELLO + Wire.WORLD);

        assertThat(request.outcome()).isEqualTo(failed(ErrorKind.TIMEOUT_IDLE));
        assertThat(request.countedOutput()).hasValue(2);
    }

    @Test
    void aDripOfCommentsKeepsNothingAlive() throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
            line.read();
            line.write(Wire.STREAM_HEAD + Wire.HELLO);
            while (true) {
                line.write("8\r\n: ping\n\n\r\n");
                Thread.yield();
            }
        })) {
            assertThat(Replay.one(Replay.deadlines(20_000, 20_000, 100, 20_000), peer.port())
                            .outcome())
                    .isEqualTo(failed(ErrorKind.TIMEOUT_IDLE));
        }
    }

    @Test
    void aStreamWithoutEndRunsIntoTheTotalDeadline() throws IOException {
        Event.Request request = unanswered(Replay.deadlines(20_000, 500, 20_000, 500), Wire.STREAM_HEAD + Wire.HELLO);

        assertThat(request.outcome()).isEqualTo(failed(ErrorKind.TIMEOUT_TOTAL));
        assertThat(request.timing().latencyNanos()).isGreaterThanOrEqualTo(500_000_000);
    }

    @Test
    void aClosedPortIsRefused() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        Event.Request request = Replay.one(port);

        assertThat(request.outcome()).isEqualTo(failed(ErrorKind.CONNECTION_REFUSED));
        assertThat(request.status()).isEmpty();
    }

    @Test
    void anIdleConnectionThatThePeerClosedIsDropped() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    line.write(Wire.JSON);
                    line.endOutput();
                    line.awaitClosedByClient();
                    closed.countDown();
                });
                Replay replay = new Replay(PATIENT, gateway(peer.port()))) {
            replay.play(1);
            closed.await();
            replay.replayer().play(List.of(Replay.request(1, 0)).iterator());
            replay.replayer().drain();

            assertThat(replay.requests()).extracting(Event.Request::outcome).containsOnly(Outcome.SERVED);
            assertThat(peer.connections()).isEqualTo(2);
        }
    }

    @Test
    void aRequestThatMeetsADeadConnectionIsAResetAndNotSentAgain() throws IOException {
        Semaphore answered = new Semaphore(0);
        List<Event> events = new CopyOnWriteArrayList<>();
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    line.write(Wire.JSON);
                    line.read();
                    line.reset();
                });
                Replayer replayer =
                        new Replayer(List.of(gateway(peer.port())), PATIENT, Ticker.since(System.nanoTime()), event -> {
                            events.add(event);
                            answered.release();
                        })) {
            replayer.play(List.of(Replay.request(0, 0)).iterator());
            answered.acquireUninterruptibly();
            replayer.play(List.of(Replay.request(1, 0)).iterator());
            answered.acquireUninterruptibly();

            assertThat(((Event.Request) events.get(1)).outcome()).isEqualTo(failed(ErrorKind.CONNECTION_RESET));
            assertThat(peer.received()).hasSize(2);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void anErrorStatusIsItsKind() throws IOException {
        String limited = Wire.json(429, "{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"requests\"}}");
        try (FakePeer peer = FakePeer.answering(limited)) {
            Event.Request request = Replay.one(peer.port());

            assertThat(request.outcome()).isEqualTo(failed(ErrorKind.RATE_LIMITED));
            assertThat(request.status()).isEqualTo(OptionalInt.of(429));
        }
    }

    @Test
    void anErrorEventInsideTheStreamIsAStreamError() throws IOException {
        String error = "data: {\"error\":{\"message\":\"overloaded\"}}\n\n";
        String chunk = Integer.toHexString(error.length()) + "\r\n" + error + "\r\n";
        assertThat(outcomeOf(Wire.STREAM_HEAD + chunk + Wire.END)).isEqualTo(failed(ErrorKind.STREAM_ERROR));
    }

    @Test
    void aBadChunkSizeIsMalformed() throws IOException {
        assertThat(outcomeOf(Wire.STREAM_HEAD + Wire.HELLO + "zz\r\n")).isEqualTo(failed(ErrorKind.MALFORMED));
    }

    @Test
    void bytesThatAreNoHttpAreMalformed() throws IOException {
        assertThat(outcomeOf("SSH-2.0-OpenSSH_9.6\r\n\r\n")).isEqualTo(failed(ErrorKind.MALFORMED));
    }

    @Test
    void endlessHeadersAreMalformed() throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
            line.read();
            line.write("HTTP/1.1 200 OK\r\n");
            while (true) {
                line.write("X-More: and more and more and more and more and more and more\r\n".repeat(100));
            }
        })) {
            assertThat(Replay.one(peer.port()).outcome()).isEqualTo(failed(ErrorKind.MALFORMED));
        }
    }

    @Test
    void anEndlessBodyIsMalformed() throws IOException {
        String megabyte = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";
        try (FakePeer peer = new FakePeer(line -> {
            line.read();
            line.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                line.write(megabyte);
            }
        })) {
            assertThat(Replay.one(peer.port()).outcome()).isEqualTo(failed(ErrorKind.MALFORMED));
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        String redirect = "HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
        assertThat(outcomeOf(redirect)).isEqualTo(failed(ErrorKind.MALFORMED));
    }

    @Test
    void interimAnswersAreIgnored() throws IOException {
        assertThat(outcomeOf("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + Wire.STREAM))
                .isEqualTo(Outcome.SERVED);
    }

    @Test
    void endlessInterimAnswersAreMalformed() throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
            line.read();
            while (true) {
                line.write("HTTP/1.1 102 Processing\r\n\r\n");
            }
        })) {
            assertThat(Replay.one(peer.port()).outcome()).isEqualTo(failed(ErrorKind.MALFORMED));
        }
    }

    @Test
    void anAnswerThatEndsWithItsConnectionIsServed() throws IOException {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";
        assertThat(outcomeOfOneAndClose(head + Wire.JSON.substring(Wire.JSON.indexOf('{'))))
                .isEqualTo(Outcome.SERVED);
    }

    @Test
    void unaskedBytesCloseAnIdleConnection() throws IOException {
        try (FakePeer peer = FakePeer.answering(Wire.JSON + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                Replay replay = new Replay(PATIENT, gateway(peer.port()))) {
            replay.play(1);
            replay.replayer().play(List.of(Replay.request(1, 0)).iterator());
            replay.replayer().drain();

            assertThat(replay.requests()).extracting(Event.Request::outcome).containsOnly(Outcome.SERVED);
            assertThat(peer.connections()).isEqualTo(2);
        }
    }

    private static Outcome outcomeOf(String answer) throws IOException {
        try (FakePeer peer = FakePeer.answering(answer)) {
            return Replay.one(peer.port()).outcome();
        }
    }

    private static Outcome outcomeOfOneAndClose(String answer) throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
            line.read();
            line.write(answer);
        })) {
            return Replay.one(peer.port()).outcome();
        }
    }

    /// The peer says this much and then nothing, until the client gives up.
    private static Event.Request unanswered(Deadlines patience, String beginning) throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
            line.read();
            line.write(beginning);
            line.awaitClosedByClient();
        })) {
            return Replay.one(patience, peer.port());
        }
    }
}
