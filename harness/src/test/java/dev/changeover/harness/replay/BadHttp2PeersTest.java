package dev.changeover.harness.replay;

import static dev.changeover.harness.replay.Http2Peer.CONTINUATION;
import static dev.changeover.harness.replay.Http2Peer.DATA;
import static dev.changeover.harness.replay.Http2Peer.END_HEADERS;
import static dev.changeover.harness.replay.Http2Peer.END_STREAM;
import static dev.changeover.harness.replay.Http2Peer.HEADERS;
import static dev.changeover.harness.replay.Http2Peer.PING;
import static dev.changeover.harness.replay.Http2Peer.PUSH_PROMISE;
import static dev.changeover.harness.replay.Http2Peer.SETTINGS;
import static dev.changeover.harness.replay.Replay.failed;
import static dev.changeover.harness.replay.Transports.HTTP_2;
import static dev.changeover.harness.replay.Transports.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Hostile peers over HTTP/2: every request ends once, in time, as one of the closed set.
@Timeout(120)
class BadHttp2PeersTest {

    private static final byte[] MUCH = "x".repeat(16 << 10).getBytes(StandardCharsets.US_ASCII);

    private interface Misdeed {
        void doTo(Http2Peer.Line line, int stream) throws IOException;
    }

    private record BadPeer(String name, Misdeed misdeed, Outcome outcome) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<BadPeer> peers() {
        return List.of(
                malformed("a head without end", (line, stream) -> {
                    line.frame(HEADERS, 0, stream, Http2Peer.fields(":status", "200"));
                    while (true) {
                        line.frame(CONTINUATION, 0, stream, Http2Peer.fields("x-more", "x".repeat(4000)));
                    }
                }),
                malformed("continuations with nothing in them", (line, stream) -> {
                    line.frame(HEADERS, 0, stream, Http2Peer.fields(":status", "200"));
                    while (true) {
                        line.frame(CONTINUATION, 0, stream);
                    }
                }),
                malformed("a head that is too large", (line, stream) -> {
                    line.frame(HEADERS, 0, stream, Http2Peer.fields(":status", "200"));
                    for (int parts = 0; parts < 10; parts++) {
                        line.frame(CONTINUATION, 0, stream, Http2Peer.fields("x-more", "x".repeat(14_000)));
                    }
                    line.frame(CONTINUATION, END_HEADERS, stream);
                }),
                malformed(
                        "a head without a status",
                        (line, stream) -> line.frame(
                                HEADERS, END_HEADERS, stream, Http2Peer.fields("content-type", "text/event-stream"))),
                malformed(
                        "a status that is none",
                        (line, stream) ->
                                line.frame(HEADERS, END_HEADERS, stream, Http2Peer.fields(":status", "fine"))),
                malformed("answers before the answer without end", (line, stream) -> {
                    while (true) {
                        line.frame(HEADERS, END_HEADERS, stream, Http2Peer.fields(":status", "103"));
                    }
                }),
                malformed("a body before its head", (line, stream) -> line.frame(DATA, 0, stream, MUCH)),
                malformed("a length that lies", (line, stream) -> {
                    line.frame(
                            HEADERS,
                            END_HEADERS,
                            stream,
                            Http2Peer.fields(
                                    ":status", "200", "content-type", "application/json", "content-length", "3"));
                    line.frame(DATA, END_STREAM, stream, "{\"choices\":[]}".getBytes(StandardCharsets.US_ASCII));
                }),
                malformed("a body without end", (line, stream) -> {
                    line.head(stream, 200, "text/event-stream", 0);
                    while (true) {
                        line.frame(DATA, 0, stream, MUCH);
                    }
                }),
                malformed("bodies with nothing in them", (line, stream) -> {
                    line.head(stream, 200, "text/event-stream", 0);
                    while (true) {
                        line.frame(DATA, 0, stream);
                    }
                }),
                malformed("resets of what was never there", (line, stream) -> {
                    for (int other = stream + 2; other < 4000; other += 2) {
                        line.reset(other, 0);
                    }
                }),
                malformed(
                        "a frame larger than allowed",
                        (line, stream) -> line.frame(DATA, 0, stream, new byte[1 << 20])),
                malformed("no frames at all", (line, stream) -> line.writeRaw("HTTP/1.1 200 OK\r\n\r\n".repeat(10))),
                malformed("no UTF-8", (line, stream) -> {
                    line.head(stream, 200, "application/json", 0);
                    line.frame(DATA, END_STREAM, stream, new byte[] {-1, -2, 0, 0});
                }),
                new BadPeer(
                        "settings without end",
                        (line, stream) -> {
                            while (true) {
                                line.frame(SETTINGS, 0, 0, new byte[] {0, 3, 0, 0, 1, 0});
                            }
                        },
                        failed(ErrorKind.TIMEOUT_FIRST_TOKEN)),
                new BadPeer(
                        "things pushed without end",
                        (line, stream) -> {
                            for (int pushed = 2; ; pushed += 2) {
                                line.frame(PUSH_PROMISE, END_HEADERS, stream, new byte[] {
                                    (byte) (pushed >> 24), (byte) (pushed >> 16), (byte) (pushed >> 8), (byte) pushed
                                });
                            }
                        },
                        failed(ErrorKind.TIMEOUT_FIRST_TOKEN)),
                new BadPeer(
                        "pings without end",
                        (line, stream) -> {
                            while (true) {
                                line.frame(PING, 0, 0, new byte[8]);
                            }
                        },
                        failed(ErrorKind.TIMEOUT_FIRST_TOKEN)));
    }

    @ParameterizedTest
    @MethodSource("peers")
    void everyMisdeedHasItsOutcome(BadPeer bad) throws IOException {
        long firstToken = bad.outcome().equals(failed(ErrorKind.TIMEOUT_FIRST_TOKEN)) ? 500 : 30_000;
        try (Http2Peer peer = new Http2Peer(line -> {
                    line.greet();
                    bad.misdeed().doTo(line, line.readRequest());
                    line.awaitClosedByClient();
                });
                Replay replay =
                        new Replay(Replay.deadlines(30_000, firstToken, 30_000, 60_000), plain(peer.port(), HTTP_2))) {
            assertThat(replay.play(1))
                    .extracting(Event.Request::outcome)
                    .satisfiesExactly(outcome -> assertThat(outcome).isIn(bad.outcome(), orGivenUp(bad)));
        }
    }

    /// A flood whose replies nobody reads ends the connection too.
    private static Outcome orGivenUp(BadPeer bad) {
        return bad.outcome().equals(failed(ErrorKind.TIMEOUT_FIRST_TOKEN))
                ? failed(ErrorKind.CONNECTION_RESET)
                : bad.outcome();
    }

    private static BadPeer malformed(String name, Misdeed misdeed) {
        return new BadPeer(name, misdeed, failed(ErrorKind.MALFORMED));
    }
}
