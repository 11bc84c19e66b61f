package dev.changeover.harness.replay;

import static dev.changeover.harness.replay.Http2Peer.DATA;
import static dev.changeover.harness.replay.Http2Peer.END_STREAM;
import static dev.changeover.harness.replay.Replay.PATIENT;
import static dev.changeover.harness.replay.Replay.failed;
import static dev.changeover.harness.replay.Transports.HTTP_2;
import static dev.changeover.harness.replay.Transports.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.transport.TlsPeer;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// HTTP/2 as it should be, and peers that refuse, reset and go away.
@Timeout(60)
class Http2ReplayTest {

    private static final int LAST = Integer.MAX_VALUE;

    @Test
    void aStreamHasTheTimesOfAnyStream() throws IOException {
        try (Http2Peer peer = new Http2Peer(line -> {
                    line.greet();
                    int stream = line.readRequest();
                    line.head(stream, 200, "text/event-stream", 0);
                    for (String event : Wire.EVENTS.split("(?<=\n\n)")) {
                        line.frame(DATA, 0, stream, event.getBytes(StandardCharsets.UTF_8));
                    }
                    line.frame(DATA, END_STREAM, stream);
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(PATIENT, plain(peer.port(), HTTP_2))) {
            Event.Request request = replay.play(1).getFirst();

            assertThat(request.outcome()).isEqualTo(Outcome.SERVED);
            assertThat(request.status()).hasValue(200);
            assertThat(request.usage().output()).hasValue(2);
            assertThat(request.gaps().orElseThrow().count()).isEqualTo(1);
            Event.Timing timing = request.timing();
            assertThat(List.of(
                            timing.dueNanos(),
                            timing.sentNanos(),
                            timing.firstByteNanos().orElseThrow(),
                            timing.firstTokenNanos().orElseThrow(),
                            timing.lastTokenNanos().orElseThrow(),
                            timing.doneNanos()))
                    .isSorted();
        }
    }

    @Test
    void moreThanThePeerAllowsGoOverFurtherConnections() {
        int requests = 40;
        CountDownLatch all = new CountDownLatch(requests);
        try (TlsPeer peer = TlsPeer.plain(4, request -> {
                    all.countDown();
                    request.response().putHeader("content-type", "text/event-stream");
                    Vertx.currentContext().owner().setPeriodic(1, timer -> {
                        if (all.getCount() == 0) {
                            Vertx.currentContext().owner().cancelTimer(timer);
                            request.response().end(Wire.EVENTS);
                        }
                    });
                });
                Replay replay = new Replay(PATIENT, plain(peer.port(), HTTP_2))) {
            assertThat(replay.play(requests))
                    .hasSize(requests)
                    .allMatch(r -> r.outcome().isServed());
            assertThat(peer.connections()).isBetween(requests / 4, requests);
        }
    }

    @Test
    void aPeerThatAllowsNoStreamsIsRefused() throws IOException {
        try (Http2Peer peer = new Http2Peer(line -> {
                    line.greet(0, 65_535);
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(PATIENT, plain(peer.port(), HTTP_2))) {
            assertThat(replay.play(2))
                    .extracting(Event.Request::outcome)
                    .containsOnly(failed(ErrorKind.CONNECTION_REFUSED));
            assertThat(peer.asked()).isEmpty();
        }
    }

    @Test
    void aPeerThatSpeaksHttp1IsRefused() throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
                    line.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(PATIENT, plain(peer.port(), HTTP_2))) {
            assertThat(replay.play(1).getFirst().outcome()).isEqualTo(failed(ErrorKind.CONNECTION_REFUSED));
            assertThat(replay.events().toString()).contains("does not speak HTTP/2");
        }
    }

    @Test
    void aPeerThatNeverSaysItsSettingsRunsIntoTheConnectDeadline() throws IOException {
        try (Http2Peer peer = new Http2Peer(Http2Peer.Line::awaitClosedByClient);
                Replay replay = new Replay(Replay.deadlines(200, 20_000, 20_000, 20_000), plain(peer.port(), HTTP_2))) {
            assertThat(replay.play(3))
                    .extracting(Event.Request::outcome)
                    .containsOnly(failed(ErrorKind.TIMEOUT_CONNECT));
            assertThat(peer.asked()).isEmpty();
        }
    }

    @Test
    void aRefusedStreamWasNotBegunAndIsNotSentAgain() throws IOException {
        try (Http2Peer peer = new Http2Peer(line -> {
                    line.greet();
                    line.reset(line.readRequest(), Http2Peer.REFUSED_STREAM);
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(PATIENT, plain(peer.port(), HTTP_2))) {
            Outcome outcome = replay.play(1).getFirst().outcome();

            assertThat(outcome).isEqualTo(failed(ErrorKind.CONNECTION_REFUSED));
            assertThat(peer.asked()).hasSize(1);
        }
    }

    @Test
    void aResetIsAResetAndTheConnectionGoesOn() throws IOException {
        try (Http2Peer peer = new Http2Peer(line -> {
                    line.greet();
                    line.reset(line.readRequest(), Http2Peer.INTERNAL_ERROR);
                    int second = line.readRequest();
                    line.head(second, 200, "text/event-stream", 0);
                    line.reset(second, Http2Peer.INTERNAL_ERROR);
                    line.answer(line.readRequest(), Wire.EVENTS);
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(PATIENT, plain(peer.port(), HTTP_2))) {
            replay.play(1);
            for (int number = 1; number < 3; number++) {
                replay.replayer().play(List.of(Replay.request(number, 0)).iterator());
                replay.replayer().drain();
            }

            assertThat(replay.requests())
                    .extracting(Event.Request::outcome)
                    .containsExactly(
                            failed(ErrorKind.CONNECTION_RESET), failed(ErrorKind.CONNECTION_RESET), Outcome.SERVED);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void whatAPeerLeavesOutWhenItGoesAwayWasNotBegun() throws IOException {
        AtomicInteger connections = new AtomicInteger();
        try (Http2Peer peer = new Http2Peer(line -> {
                    line.greet();
                    if (connections.incrementAndGet() > 1) {
                        line.answer(line.readRequest(), Wire.EVENTS);
                    } else {
                        List<Integer> streams = Http2Peer.readRequests(line, 3);
                        line.goAway(streams.get(1), 0);
                        line.answer(streams.get(0), Wire.EVENTS);
                        line.answer(streams.get(1), Wire.EVENTS);
                    }
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(PATIENT, plain(peer.port(), HTTP_2))) {
            assertThat(replay.play(3))
                    .extracting(Event.Request::outcome)
                    .containsExactlyInAnyOrder(Outcome.SERVED, Outcome.SERVED, failed(ErrorKind.CONNECTION_REFUSED));
            assertThat(peer.asked()).hasSize(3);

            replay.replayer().play(List.of(Replay.request(3, 0)).iterator());
            replay.replayer().drain();
            assertThat(replay.requests().getLast().outcome()).isEqualTo(Outcome.SERVED);
            assertThat(peer.connections()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatIsCutResetsAllThatItCarries() throws IOException {
        try (Http2Peer peer = new Http2Peer(line -> {
                    line.greet();
                    Http2Peer.readRequests(line, 5);
                    line.cut();
                });
                Replay replay = new Replay(PATIENT, plain(peer.port(), HTTP_2))) {
            assertThat(replay.play(5))
                    .hasSize(5)
                    .extracting(Event.Request::outcome)
                    .containsOnly(failed(ErrorKind.CONNECTION_RESET));
        }
    }

    @Test
    void aBareEndInsideTheStreamIsTruncated() throws IOException {
        try (Http2Peer peer = new Http2Peer(line -> {
                    line.greet();
                    int stream = line.readRequest();
                    line.head(stream, 200, "text/event-stream", 0);
                    line.frame(DATA, 0, stream, Wire.EVENTS.substring(0, 150).getBytes(StandardCharsets.UTF_8));
                });
                Replay replay = new Replay(PATIENT, plain(peer.port(), HTTP_2))) {
            assertThat(replay.play(1).getFirst().outcome()).isEqualTo(failed(ErrorKind.TRUNCATED_STREAM));
        }
    }

    @Test
    void aDeadlineEndsOneStreamAndLeavesTheOthers() throws IOException {
        try (Http2Peer peer = new Http2Peer(line -> {
                    line.greet();
                    int silent = line.readRequest();
                    Http2Peer.Frame reset = line.read();
                    assertThat(reset.type()).isEqualTo(Http2Peer.RST_STREAM);
                    assertThat(reset.stream()).isEqualTo(silent);
                    line.answer(line.readRequest(), Wire.EVENTS);
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(Replay.deadlines(20_000, 500, 20_000, 20_000), plain(peer.port(), HTTP_2))) {
            replay.play(1);
            long now = 0;
            replay.replayer().play(List.of(Replay.request(1, now)).iterator());
            replay.replayer().drain();

            assertThat(replay.requests())
                    .extracting(Event.Request::outcome)
                    .containsExactly(failed(ErrorKind.TIMEOUT_FIRST_TOKEN), Outcome.SERVED);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void aWindowThatIsNeverOpenedRunsIntoTheFirstTokenDeadline() throws IOException {
        try (Http2Peer peer = new Http2Peer(line -> {
                    line.greet(LAST, 0);
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(Replay.deadlines(20_000, 300, 20_000, 20_000), plain(peer.port(), HTTP_2))) {
            assertThat(replay.play(3))
                    .extracting(Event.Request::outcome)
                    .containsOnly(failed(ErrorKind.TIMEOUT_FIRST_TOKEN));
        }
    }

    @Test
    void anAnswerBeforeTheRequestWasSentWhollyIsTheAnswer() throws IOException {
        try (Http2Peer peer = new Http2Peer(line -> {
                    line.greet(LAST, 0);
                    Http2Peer.Frame head = line.read();
                    line.answer(head.stream(), Wire.EVENTS);
                    assertThat(line.read().type()).isEqualTo(Http2Peer.RST_STREAM);
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(PATIENT, plain(peer.port(), HTTP_2))) {
            assertThat(replay.play(1).getFirst().outcome()).isEqualTo(Outcome.SERVED);
        }
    }
}
