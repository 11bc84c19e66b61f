package dev.changeover.harness.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.provider.Answers;
import dev.changeover.harness.provider.RawClient;
import dev.changeover.harness.provider.RawPeer;
import dev.changeover.harness.redaction.Masks;
import dev.changeover.harness.redaction.TextPolicy;
import dev.changeover.harness.trace.RecordedAnswer;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.units.Share;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What passes through a recorder, and what it writes of it.
@Timeout(60)
class RecorderTest {

    private static final List<String> WORDS = List.of("one", "two", "three", "four");

    @TempDir
    Path folder;

    /// On one clock: what the recorder says came lies between the provider's saying it and the client's reading it.
    @Test
    void chunksPassAsTheyComeAndTheirTimesAreKept() throws Exception {
        long[] said = new long[WORDS.size()];
        long[] seen = new long[WORDS.size()];
        long[] received = new long[1];
        CountDownLatch[] read = WORDS.stream().map(_ -> new CountDownLatch(1)).toArray(CountDownLatch[]::new);
        RawPeer provider = new RawPeer(socket -> {
            received[0] = System.nanoTime();
            RawPeer.say(socket, Answers.stream(""));
            for (int word = 0; word < said.length; word++) {
                LockSupport.parkNanos(20_000_000);
                said[word] = System.nanoTime();
                RawPeer.say(socket, Answers.words(WORDS.get(word)));
                read[word].await();
            }
            RawPeer.say(socket, "data: [DONE]\n\n");
        });
        try (RecorderBench bench = new RecorderBench(folder, provider);
                RawClient client = bench.client()) {
            long sent = System.nanoTime();
            client.post(RecorderBench.question(true, "count"), "");
            for (int word = 0; word < seen.length; word++) {
                client.readUntil(WORDS.get(word));
                seen[word] = System.nanoTime();
                read[word].countDown();
            }
            client.readUntil("0\r\n\r\n");
            RecordedAnswer answer = bench.only().answer().orElseThrow();
            long[] chunks = answer.chunks().orElseThrow().nanos();
            assertThat(chunks).hasSize(WORDS.size());
            for (int word = 0; word < chunks.length; word++) {
                assertThat(chunks[word]).isBetween(said[word] - received[0], seen[word] - sent);
            }
            assertThat(answer.firstTokenNanos()).hasValue(chunks[0]);
            assertThat(answer.doneNanos().getAsLong()).isGreaterThanOrEqualTo(chunks[3]);
            assertThat(answer.text()).hasValue("onetwothreefour");
        }
    }

    @Test
    void aWholeAnswerIsKeptWithItsTokensAndItsEnd() throws Exception {
        try (RecorderBench bench = new RecorderBench(folder, RecorderBench.saying(Answers.WHOLE))) {
            assertThat(bench.ask(RecorderBench.question(false, "count"))).endsWith(Answers.WHOLE_BODY);
            TraceRequest request = bench.only();
            assertThat(new String(request.body().orElseThrow(), StandardCharsets.UTF_8))
                    .isEqualTo(RecorderBench.question(false, "count"));
            assertThat(request.inputTokens()).hasValue(9);
            assertThat(request.outputTokens()).hasValue(3);
            RecordedAnswer answer = request.answer().orElseThrow();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.finishReason()).hasValue("stop");
            assertThat(answer.text()).hasValue("one two three");
            assertThat(answer.doneNanos()).isPresent();
            assertThat(request.cancelledNanos()).isEmpty();
        }
    }

    @Test
    void callsOfToolsAreKept() throws Exception {
        try (RecorderBench bench = new RecorderBench(folder, RecorderBench.saying(Answers.TOOL_STREAM))) {
            bench.ask(RecorderBench.question(true, "weather"));
            RecordedAnswer answer = bench.only().answer().orElseThrow();
            assertThat(answer.text()).hasValue("{\"city\":\"Oslo\"}");
            assertThat(answer.finishReason()).hasValue("tool_calls");
        }
    }

    @Test
    void theProviderSeesTheClientsOwnKeyAndAddressAndIsAskedForPlainBytes() throws Exception {
        try (RecorderBench bench = new RecorderBench(folder, RecorderBench.saying(Answers.WHOLE));
                RawClient client = bench.client()) {
            client.say(
                    "POST /v1/chat/completions?api-version=7 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer own-key\r\n"
                            + "Accept-Encoding: gzip\r\nx-changeover-conversation: c1\r\nX-Other: kept\r\n"
                            + "Connection: close\r\nContent-Length: 2\r\n\r\n{}");
            client.readAll();
            assertThat(bench.provider.requests.take())
                    .startsWith("POST /v1/chat/completions?api-version=7 HTTP/1.1")
                    .containsIgnoringCase("authorization: Bearer own-key")
                    .containsIgnoringCase("x-other: kept")
                    .doesNotContainIgnoringCase("accept-encoding")
                    .doesNotContainIgnoringCase("x-changeover");
            bench.awaitSettled(1);
            assertThat(bench.recorder.tally().counts().leftOut()).containsOnlyKeys("no chat completion in the body");
        }
    }

    @Test
    void whatIsNoChatCompletionPassesAndIsCounted() throws Exception {
        String answer = Answers.whole("[]").replace("Connection: close", "Content-Encoding: br\r\nConnection: close");
        try (RecorderBench bench = new RecorderBench(folder, RecorderBench.saying(answer));
                RawClient client = bench.client()) {
            client.say("DELETE /v1/files/a%20b?x=1 HTTP/1.1\r\n"
                    + "Host: x\r\n"
                    + "Accept-Encoding: br\r\n"
                    + "Connection: close\r\n\r\n");
            assertThat(client.readAll()).contains("200 OK").endsWith("[]");
            assertThat(bench.provider.requests.take())
                    .startsWith("DELETE /v1/files/a%20b?x=1 HTTP/1.1")
                    .containsIgnoringCase("accept-encoding: br");
            assertThat(bench.recorder.tally().counts().passed()).isEqualTo(1);
        }
    }

    @Test
    void aPathThatIsNotTheProvidersIsNotFound() throws Exception {
        try (RecorderBench bench = new RecorderBench(folder, RecorderBench.saying(Answers.WHOLE));
                RawClient client = bench.client()) {
            assertThat(client.get("/elsewhere").readUntil("}}")).contains("404", "only /v1/*");
        }
    }

    @Test
    void aClientThatLeavesCancelsTheProvidersWorkAndIsRecorded() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        RawPeer provider = new RawPeer(socket -> {
            RawPeer.say(socket, Answers.stream(Answers.words("one")));
            socket.getInputStream().read();
            stopped.countDown();
        });
        try (RecorderBench bench = new RecorderBench(folder, provider)) {
            try (RawClient client = bench.client().post(RecorderBench.question(true, "count"), "")) {
                client.readUntil("one");
            }
            stopped.await();
            TraceRequest request = bench.only();
            RecordedAnswer answer = request.answer().orElseThrow();
            assertThat(request.cancelledNanos().getAsLong())
                    .isGreaterThanOrEqualTo(answer.firstTokenNanos().getAsLong());
            assertThat(answer.doneNanos()).isEmpty();
            assertThat(bench.recorder.tally().counts().cancelled()).isEqualTo(1);
        }
    }

    @Test
    void aCutIsPassedOnAsOneAndHasNoEnd() throws Exception {
        RawPeer provider = RecorderBench.saying("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "%x\r\n".formatted(Answers.words("one").length())
                + Answers.words("one") + "\r\n");
        try (RecorderBench bench = new RecorderBench(folder, provider)) {
            assertThat(bench.ask(RecorderBench.question(true, "count")))
                    .contains("one")
                    .doesNotContain("\r\n0\r\n");
            RecordedAnswer answer = bench.only().answer().orElseThrow();
            assertThat(answer.doneNanos()).isEmpty();
            assertThat(answer.finishReason()).isEmpty();
            assertThat(answer.text()).hasValue("one");
        }
    }

    @Test
    void aProviderThatClosesWithoutAnAnswerIsPassedOnAsThat() throws Exception {
        try (RecorderBench bench = new RecorderBench(folder, new RawPeer(_ -> {}))) {
            assertThat(bench.ask(RecorderBench.question(false, "count"))).isEmpty();
            assertThat(bench.only().answer()).isEmpty();
            assertThat(bench.recorder.tally().counts().unanswered()).isEqualTo(1);
        }
    }

    @Test
    void aProviderThatIsNotThereIsABadGateway() throws Exception {
        try (RecorderBench bench = new RecorderBench(folder, RecorderBench.saying(""))) {
            bench.provider.close();
            assertThat(bench.ask(RecorderBench.question(false, "count")))
                    .contains("502 Bad Gateway", "\"type\":\"upstream_error\"", "\"code\":\"connection_refused\"");
            assertThat(bench.only().answer()).isEmpty();
        }
    }

    @Test
    void headersWithoutEndAreABadGateway() throws Exception {
        RawPeer provider = new RawPeer(socket -> {
            RawPeer.say(socket, "HTTP/1.1 200 OK\r\n");
            for (int header = 0; ; header++) {
                RawPeer.say(socket, "X-%d: %s\r\n".formatted(header, "x".repeat(1_000)));
            }
        });
        try (RecorderBench bench = new RecorderBench(folder, provider)) {
            assertThat(bench.ask(RecorderBench.question(false, "count"))).contains("502 Bad Gateway");
        }
    }

    @Test
    void aRequestThatIsTooLargeToKeepPassesAndIsLeftOut() throws Exception {
        try (RecorderBench bench = new RecorderBench(folder, RecorderBench.saying(Answers.WHOLE))) {
            assertThat(bench.ask(RecorderBench.question(false, "x".repeat(17 << 20))))
                    .contains("200 OK");
            bench.awaitSettled(1);
            assertThat(bench.recorder.tally().counts().leftOut()).containsOnlyKeys("request larger than 16 MiB");
        }
    }

    @Test
    void callsOnTheirWayAreWrittenWhenItEnds() throws Exception {
        RawPeer provider = new RawPeer(socket -> {
            RawPeer.say(socket, Answers.stream(Answers.words("one")));
            socket.getInputStream().read();
        });
        RecorderBench bench = new RecorderBench(folder, provider);
        try (bench;
                RawClient client = bench.client().post(RecorderBench.question(true, "count"), "")) {
            client.readUntil("one");
            bench.recorder.close();
            TraceRequest request = RecorderBench.read(bench.out).getFirst();
            assertThat(request.cancelledNanos()).isEmpty();
            assertThat(request.answer().orElseThrow().text()).hasValue("one");
        }
    }

    @Test
    void filesRotateAndAreOneTraceTogether() throws Exception {
        try (RecorderBench bench = new RecorderBench(
                folder, RecorderBench.saying(Answers.WHOLE), TextPolicy.KEEP, Share.ALL, Rotation.parse("1KB"))) {
            for (int call = 0; call < 9; call++) {
                bench.ask(RecorderBench.question(false, "question " + call));
            }
            bench.awaitSettled(9);
            int files = bench.recorder.tally().counts().files();
            assertThat(files).isBetween(2, 9);
            assertThat(folder.resolve("rec.%d.jsonl".formatted(files))).exists();
            assertThat(bench.out).satisfies(file -> assertThat(Files.size(file)).isLessThanOrEqualTo(1_000));
            try (var all = Files.list(folder)) {
                assertThat(RecorderBench.read(all.toArray(Path[]::new)))
                        .extracting(request -> new String(request.body().orElseThrow(), StandardCharsets.UTF_8))
                        .satisfies(bodies -> {
                            for (int call = 0; call < 9; call++) {
                                assertThat(bodies.get(call)).contains("question " + call);
                            }
                        });
            }
        }
    }

    @Test
    void aRecordingIsNeverWrittenOver() throws IOException {
        Files.writeString(folder.resolve("rec.2.jsonl"), "of another");
        assertThatThrownBy(() -> new RecorderBench(folder, RecorderBench.saying("")))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("rec.2.jsonl: is there already");
        Files.delete(folder.resolve("rec.2.jsonl"));
        Files.writeString(folder.resolve("rec.jsonl"), "of another");
        assertThatThrownBy(() -> new RecorderBench(folder, RecorderBench.saying("")))
                .hasMessageContaining("rec.jsonl: is there already");
    }

    @Test
    void conversationsAreSampledWhole() throws Exception {
        int conversations = 60;
        Map<String, Integer> turns = new HashMap<>();
        Set<String> questions = new HashSet<>();
        try (RecorderBench bench = new RecorderBench(
                folder, RecorderBench.saying(Answers.WHOLE), TextPolicy.KEEP, Share.parse("40%"), Rotation.NEVER)) {
            for (int turn = 0; turn < 2; turn++) {
                for (int number = 0; number < conversations; number++) {
                    String history =
                            ",{\"role\":\"assistant\",\"content\":\"Well.\"},{\"role\":\"user\",\"content\":\"Why?\"}";
                    bench.ask("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"question %d.\"}%s]}"
                            .formatted(number, history.repeat(turn)));
                }
            }
            bench.awaitSettled(2 * conversations);
            for (TraceRequest request : RecorderBench.read(bench.out)) {
                turns.merge(request.conversation().orElseThrow(), 1, Integer::sum);
                questions.add(new String(request.body().orElseThrow(), StandardCharsets.UTF_8)
                        .replaceAll(".*question (\\d+).*", "$1"));
            }
            assertThat(turns).hasSizeBetween(10, 40);
            assertThat(turns.values()).containsOnly(2);
            assertThat(questions).hasSameSizeAs(turns.keySet());
            assertThat(bench.recorder.tally().counts().notSampled()).isEqualTo(2 * (conversations - turns.size()));
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Recorder.Options options = new Recorder.Options(
                    UpstreamAddress.parse("http://127.0.0.1:1/v1"),
                    taken.getLocalPort(),
                    Optional.empty(),
                    folder.resolve("rec.jsonl"),
                    TextPolicy.KEEP,
                    Masks.builtIn(),
                    Share.ALL,
                    Rotation.NEVER);
            assertThatThrownBy(() -> Recorder.start(options, _ -> {}))
                    .isInstanceOf(RecorderException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort());
            assertThat(options.out()).doesNotExist();
        }
    }
}
