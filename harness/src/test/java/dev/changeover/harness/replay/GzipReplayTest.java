package dev.changeover.harness.replay;

import static dev.changeover.harness.replay.Replay.PATIENT;
import static dev.changeover.harness.replay.Replay.failed;
import static dev.changeover.harness.replay.Transports.plain;
import static dev.changeover.harness.replay.Transports.withGzip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.ReadyTransport;
import dev.changeover.harness.transport.TlsPeer;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that come compressed.
@Timeout(60)
class GzipReplayTest {

    private static final ReadyTransport GZIP = withGzip(ReadyTransport.CALLER);
    private static final String HEAD = "HTTP/1.1 200 OK\r\n"
            + "Content-Type: text/event-stream\r\n"
            + "Content-Encoding: gzip\r\n"
            + "Content-Length: %d\r\n\r\n";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCompressedAnswerIsReadLikeAnyOther(boolean http2) {
        ReadyTransport transport = http2 ? withGzip(Transports.HTTP_2) : GZIP;
        try (TlsPeer peer = TlsPeer.plain(request -> {
                    assertThat(request.getHeader("accept-encoding")).isEqualTo("gzip");
                    Wire.answerStream(request);
                });
                Replay replay = new Replay(PATIENT, plain(peer.port(), transport))) {
            Event.Request request = replay.play(1).getFirst();

            assertThat(request.outcome()).isEqualTo(Outcome.SERVED);
            assertThat(request.usage().output()).hasValue(2);
            assertThat(request.countedOutput()).hasValue(2);
        }
    }

    @Test
    void everyEventCountsWhenItIsFlushed() throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    ByteArrayOutputStream sent = new ByteArrayOutputStream();
                    GZIPOutputStream zip = new GZIPOutputStream(sent, true);
                    line.write(Wire.STREAM_HEAD.replace("\r\n\r\n", "\r\nContent-Encoding: gzip\r\n\r\n"));
                    for (String event : Wire.EVENTS.split("(?<=\n\n)")) {
                        zip.write(event.getBytes(StandardCharsets.UTF_8));
                        zip.flush();
                        line.chunk(sent.toByteArray());
                        sent.reset();
                    }
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(Replay.deadlines(20_000, 20_000, 300, 20_000), plain(peer.port(), GZIP))) {
            Event.Request request = replay.play(1).getFirst();

            assertThat(request.outcome()).isEqualTo(failed(ErrorKind.TIMEOUT_IDLE));
            assertThat(request.countedOutput()).hasValue(2);
            assertThat(request.timing().lastTokenNanos()).isPresent();
        }
    }

    @Test
    void aBombIsMalformedAndCostsNoMemory() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
            byte[] comment = ": nothing\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
            for (int megabytes = 0; megabytes < 400; megabytes++) {
                zip.write(comment);
            }
        }
        long before = used();
        assertThat(outcomeOf(bomb.toByteArray())).isEqualTo(failed(ErrorKind.MALFORMED));
        assertThat(used() - before).isLessThan(50L << 20);
    }

    @Test
    void whatIsNoGzipIsMalformed() throws IOException {
        byte[] whole = gzip(Wire.EVENTS);
        byte[] wrong = whole.clone();
        wrong[whole.length - 5] ^= 0x55;
        assertThat(outcomeOf("not gzip at all, only letters".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(failed(ErrorKind.MALFORMED));
        assertThat(outcomeOf(wrong)).as("a wrong sum").isEqualTo(failed(ErrorKind.MALFORMED));
    }

    @Test
    void oneThatEndsInTheMiddleIsTruncated() throws IOException {
        byte[] whole = gzip(Wire.EVENTS);
        assertThat(outcomeOf(Arrays.copyOf(whole, whole.length / 2))).isEqualTo(failed(ErrorKind.TRUNCATED_STREAM));
    }

    @Test
    void onePeerThatCompressesUnaskedIsMalformed() throws IOException {
        String head = HEAD.formatted(gzip(Wire.EVENTS).length).replace("text/event-stream", "application/json");
        try (FakePeer peer = new FakePeer(line -> {
            line.read();
            line.write(head);
            line.write(gzip(Wire.EVENTS));
        })) {
            assertThat(Replay.one(peer.port()).outcome()).isEqualTo(failed(ErrorKind.MALFORMED));
        }
    }

    private static Outcome outcomeOf(byte[] body) throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    line.write(HEAD.formatted(body.length));
                    line.write(body);
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(PATIENT, plain(peer.port(), GZIP))) {
            return replay.play(1).getFirst().outcome();
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
