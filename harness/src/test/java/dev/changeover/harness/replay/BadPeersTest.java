package dev.changeover.harness.replay;

import static dev.changeover.harness.replay.Replay.PATIENT;
import static dev.changeover.harness.replay.Replay.failed;
import static dev.changeover.harness.replay.Replay.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.transport.BadAnswers;
import dev.changeover.harness.transport.BadAnswers.BadAnswer;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Hostile peers over HTTP/1.1: every request ends once, in time, as one of the closed set.
@Timeout(120)
class BadPeersTest {

    static List<BadAnswer> answers() {
        return BadAnswers.ALL;
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyBadAnswerHasItsOutcome(BadAnswer answer) throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    answer.said().sayTo(line.output());
                });
                Replay replay = new Replay(PATIENT, gateway(peer.port()))) {
            assertThat(replay.play(1)).extracting(Event.Request::outcome).containsExactly(answer.outcome());
        }
    }

    @Test
    void anAnswerThatIsCutAtAnyByteIsNeverServed() throws IOException {
        AtomicInteger next = new AtomicInteger();
        int cuts = Wire.STREAM.length();
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    line.write(Wire.STREAM.substring(0, next.getAndIncrement()));
                });
                Replay replay = new Replay(PATIENT, gateway(peer.port()))) {
            List<Event.Request> requests = replay.play(cuts);

            assertThat(requests).hasSize(cuts);
            assertThat(requests)
                    .extracting(Event.Request::outcome)
                    .containsOnly(failed(ErrorKind.CONNECTION_RESET), failed(ErrorKind.TRUNCATED_STREAM));
            assertThat(requests.stream()
                            .filter(r -> r.outcome().equals(failed(ErrorKind.CONNECTION_RESET)))
                            .count())
                    .as("cut before the head was there")
                    .isEqualTo(Wire.STREAM_HEAD.length());
        }
    }

    @Test
    void anAnswerBeforeTheRequestIsReadIsTheAnswer() throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
                    line.write(Wire.STREAM);
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(PATIENT, gateway(peer.port()))) {
            Outcome outcome = replay.play(1).getFirst().outcome();
            assertThat(outcome).isIn(Outcome.SERVED, failed(ErrorKind.CONNECTION_RESET));
        }
    }

    @Test
    void aHeadThatDripsForEverRunsIntoTheFirstTokenDeadline() throws IOException {
        try (FakePeer peer = new FakePeer(line -> {
                    line.read();
                    line.write("HTTP/1.1 200 OK\r\nX-Slow: ");
                    for (int letters = 0; letters < 60_000; letters++) {
                        line.write("x");
                        Thread.yield();
                    }
                    line.awaitClosedByClient();
                });
                Replay replay = new Replay(Replay.deadlines(20_000, 300, 300, 20_000), gateway(peer.port()))) {
            assertThat(replay.play(1).getFirst().outcome()).isEqualTo(failed(ErrorKind.TIMEOUT_FIRST_TOKEN));
        }
    }
}
