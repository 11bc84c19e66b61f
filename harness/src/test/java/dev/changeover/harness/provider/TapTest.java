package dev.changeover.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.SimulatedProfile;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import dev.changeover.harness.wire.Usage;
import dev.changeover.toxics.catalog.FaultEffect.StruckBy;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.Selection;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TapTest {

    private static final int NOTHING = -1;

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String HELLO = piece("{\"choices\":[{\"delta\":{\"content\":\"about\"}}]}");
    private static final String FINISH =
            piece("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}") + piece("[DONE]") + "0\r\n\r\n";
    private static final long MORE_THAN_BUFFERS = 256 << 20;
    private static Vertx vertx;

    private final BlockingQueue<Event> rows = new LinkedBlockingQueue<>();

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void streamPassesPieceByPiece() throws Exception {
        CountDownLatch firstSeen = new CountDownLatch(1);
        try (RawPeer provider = new RawPeer(socket -> {
                    RawPeer.say(socket, HEAD + HELLO);
                    firstSeen.await();
                    RawPeer.say(socket, HELLO + FINISH);
                    socket.getInputStream().read();
                });
                Tap tap = tap(provider.address());
                Socket client = ask(tap, "changeover-q5")) {
            String first = readUntil(client, "about");
            firstSeen.countDown();

            assertThat(first).contains("200 OK", "text/event-stream");
            assertThat(readUntil(client, "0\r\n\r\n")).contains("[DONE]");
            Event.UpstreamCall row = row();
            assertThat(row.outcome()).isEqualTo(Outcome.SERVED);
            assertThat(row.id()).hasValue(new CallId(Purpose.REQUEST, 5));
            assertThat(row.delivered()).isTrue();
            assertThat(row.status()).hasValue(200);
            assertThat(row.countedOutput()).hasValue(2);
            assertThat(row.timing().firstTokenNanos().getAsLong())
                    .isLessThan(row.timing().lastTokenNanos().getAsLong());
        }
    }

    @Test
    void providerSeesTheRealKeyAndTheOriginalUserAndNoId() throws Exception {
        try (RawPeer provider = new RawPeer(socket -> RawPeer.say(socket, HEAD + HELLO + FINISH));
                Tap tap = tap(provider.address());
                Socket client = ask(tap, "changeover-q5/ann")) {
            readUntil(client, "0\r\n\r\n");

            assertThat(provider.requests.take())
                    .startsWith("POST /v1/chat/completions HTTP/1.1")
                    .containsIgnoringCase("authorization: Bearer real-key")
                    .containsIgnoringCase("x-other: kept")
                    .contains("\"user\":\"ann\"")
                    .doesNotContainIgnoringCase("changeover-");
            assertThat(row().id()).hasValue(new CallId(Purpose.REQUEST, 5));
        }
    }

    @Test
    void keyIsNotInTheTextOfTheConfig() {
        assertThat(new Tap.Config(Arm.OLD, URI.create("http://127.0.0.1:1/v1"), Optional.of("secret"), 1).toString())
                .doesNotContain("secret");
    }

    @Test
    void cutInsideAnAnswerIsPassedOnAsACut() throws Exception {
        try (RawPeer provider = new RawPeer(socket -> RawPeer.say(socket, HEAD + HELLO));
                Tap tap = tap(provider.address());
                Socket client = ask(tap, "changeover-q1")) {
            assertThat(readAll(client)).contains("about").doesNotContain("0\r\n\r\n");
            assertThat(row().outcome()).isEqualTo(new Outcome.Failed(ErrorKind.TRUNCATED_STREAM));
        }
    }

    @Test
    void cleanEndWithoutFinishIsPassedOnCleanAndWrittenDownAsTruncated() throws Exception {
        try (RawPeer provider = new RawPeer(socket -> RawPeer.say(socket, HEAD + HELLO + "0\r\n\r\n"));
                Tap tap = tap(provider.address());
                Socket client = ask(tap, "changeover-q1")) {
            readUntil(client, "0\r\n\r\n");
            assertThat(row().outcome()).isEqualTo(new Outcome.Failed(ErrorKind.TRUNCATED_STREAM));
        }
    }

    @Test
    void closeBeforeAnyAnswerIsAReset() throws Exception {
        try (RawPeer provider = new RawPeer(_ -> {});
                Tap tap = tap(provider.address());
                Socket client = ask(tap, "changeover-q1")) {
            assertThat(readAll(client)).isEmpty();
            assertThat(row().outcome()).isEqualTo(new Outcome.Failed(ErrorKind.CONNECTION_RESET));
        }
    }

    @Test
    void garbageIsABadGateway() throws Exception {
        try (RawPeer provider = new RawPeer(socket -> {
                    RawPeer.say(socket, "SSH-2.0-OpenSSH_9.6\r\n\r\n");
                    socket.getInputStream().read();
                });
                Tap tap = tap(provider.address());
                Socket client = ask(tap, "changeover-q1")) {
            assertThat(readUntil(client, "}}")).contains("502", "\"code\":\"malformed\"");
            assertThat(row().outcome()).isEqualTo(new Outcome.Failed(ErrorKind.MALFORMED));
        }
    }

    @Test
    void endlessHeadersAreABadGateway() throws Exception {
        try (RawPeer provider = new RawPeer(socket -> {
                    RawPeer.say(socket, "HTTP/1.1 200 OK\r\n");
                    while (true) {
                        RawPeer.say(socket, "x-more: " + "x".repeat(1000) + "\r\n");
                    }
                });
                Tap tap = tap(provider.address());
                Socket client = ask(tap, "changeover-q1")) {
            assertThat(readUntil(client, "}}")).contains("502");
            assertThat(row().outcome()).isEqualTo(new Outcome.Failed(ErrorKind.MALFORMED));
        }
    }

    @Test
    void refusedConnectionIsABadGateway() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (Tap tap = tap(URI.create("http://127.0.0.1:" + free + "/v1"));
                Socket client = ask(tap, "changeover-q1")) {
            assertThat(readUntil(client, "}}")).contains("502", "connection_refused");
            Event.UpstreamCall row = row();
            assertThat(row.outcome()).isEqualTo(new Outcome.Failed(ErrorKind.CONNECTION_REFUSED));
            assertThat(row.status()).isEmpty();
        }
    }

    @Test
    void clientThatLeavesCancelsTheCall() throws Exception {
        CountDownLatch providerSawTheEnd = new CountDownLatch(1);
        try (RawPeer provider = new RawPeer(socket -> {
                    RawPeer.say(socket, HEAD + HELLO);
                    try {
                        if (socket.getInputStream().read() < 0) {
                            providerSawTheEnd.countDown();
                        }
                    } catch (IOException _) {
                        providerSawTheEnd.countDown();
                    }
                });
                Tap tap = tap(provider.address())) {
            try (Socket client = ask(tap, "changeover-q1")) {
                readUntil(client, "about");
            }
            Event.UpstreamCall row = row();
            assertThat(row.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(row.delivered()).isFalse();
            assertThat(row.countedOutput()).hasValue(1);
            assertThat(providerSawTheEnd.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void clientThatLeavesBeforeTheAnswerCancelsTheCall() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawPeer provider = new RawPeer(socket -> {
                    asked.countDown();
                    socket.getInputStream().read();
                });
                Tap tap = tap(provider.address())) {
            try (Socket _ = ask(tap, "changeover-q1")) {
                asked.await();
            }
            assertThat(row().outcome()).isEqualTo(Outcome.CANCELLED);
        }
    }

    @Test
    void emptyAnswerStrikesUntilItIsLifted() throws Exception {
        try (SimulatedProvider provider = provider();
                Tap tap = tap(URI.create("http://127.0.0.1:" + provider.port() + "/v1"))) {
            tap.inject(
                    0,
                    "brownout",
                    new StruckBy(new HttpFault.EmptyAnswer(HttpFault.EmptyAnswer.Form.EMPTY), Selection.ALL));
            try (Socket client = ask(tap, "changeover-q1")) {
                assertThat(readUntil(client, "[DONE]")).contains("200 OK", "\"finish_reason\":\"stop\"", "\"usage\"");
            }
            Event.UpstreamCall struck = row();
            assertThat(struck.outcome()).isEqualTo(new Outcome.Failed(ErrorKind.EMPTY_ANSWER));
            assertThat(struck.faults()).containsExactly(Event.Strike.of(0, "brownout"));
            assertThat(struck.usage()).isEqualTo(Usage.UNKNOWN);

            tap.lift(0);
            try (Socket client = ask(tap, "changeover-q1")) {
                readUntil(client, "[DONE]");
            }
            assertThat(row().outcome()).isEqualTo(Outcome.SERVED);
        }
    }

    @Test
    void statusFaultAnswersInTheProvidersPlace() throws Exception {
        try (RawPeer provider = new RawPeer(_ -> {});
                Tap tap = tap(provider.address())) {
            HttpFault fault = new HttpFault.Status(
                    429,
                    Map.of("Retry-After", "3"),
                    Optional.empty(),
                    "{\"error\":{\"message\":\"slow\"}}",
                    HttpFault.Calls.ALL);
            tap.inject(2, "rate-limited", new StruckBy(fault, Selection.ALL));
            try (Socket client = ask(tap, "changeover-q1")) {
                assertThat(readUntil(client, "}}")).contains("429", "Retry-After: 3", "slow");
            }
            assertThat(row().outcome()).isEqualTo(new Outcome.Failed(ErrorKind.RATE_LIMITED));
            assertThat(provider.requests).isEmpty();
        }
    }

    @Test
    void modelsWithoutAnIdAreProbes() throws Exception {
        try (SimulatedProvider provider = provider();
                Tap tap = tap(URI.create("http://127.0.0.1:" + provider.port() + "/v1"));
                Socket client = new Socket("127.0.0.1", tap.port())) {
            RawPeer.say(client, "GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n");
            readUntil(client, "]}");

            Event.UpstreamCall row = row();
            assertThat(row.id().orElseThrow().purpose()).isEqualTo(Purpose.PROBE);
            assertThat(row.outcome()).isEqualTo(Outcome.SERVED);
        }
    }

    @Test
    void clientThatDoesNotReadHoldsTheProviderBack() throws Exception {
        CountDownLatch providerStuck = new CountDownLatch(1);
        AtomicLong said = new AtomicLong();
        try (RawPeer provider = new RawPeer(socket -> {
                    RawPeer.say(socket, "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n");
                    byte[] some = new byte[64 << 10];
                    Thread watch = Thread.ofVirtual().start(() -> awaitStandstill(said, providerStuck));
                    while (providerStuck.getCount() > 0 && said.get() < MORE_THAN_BUFFERS) {
                        socket.getOutputStream().write(some);
                        said.addAndGet(some.length);
                    }
                    watch.interrupt();
                });
                Tap tap = tap(provider.address());
                Socket _ = ask(tap, "changeover-q1")) {
            providerStuck.await();
            assertThat(said.get()).isLessThan(MORE_THAN_BUFFERS);
        }
        assertThat(row().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void upstreamWhoseCertificateNobodyVouchesForIsToldNothing(@TempDir Path folder) throws Exception {
        BlockingQueue<Integer> said = new LinkedBlockingQueue<>();
        try (ServerSocket impostor = SelfSigned.serverSocket(folder)) {
            Thread.ofVirtual().start(() -> said.add(firstByteSaidTo(impostor)));
            try (Tap tap = tap(URI.create("https://localhost:" + impostor.getLocalPort() + "/v1"));
                    Socket client = ask(tap, "changeover-q1")) {
                assertThat(readUntil(client, "}}")).startsWith("HTTP/1.1 502");
                assertThat(row().outcome()).isInstanceOf(Outcome.Failed.class);
                assertThat(said.take()).as("bytes of the request").isEqualTo(NOTHING);
            }
        }
    }

    private static int firstByteSaidTo(ServerSocket server) {
        try (Socket socket = server.accept()) {
            return socket.getInputStream().read();
        } catch (IOException _) {
            return NOTHING;
        }
    }

    @Test
    void bodyOverTheBoundIsRefused() throws Exception {
        try (RawPeer provider = new RawPeer(_ -> {});
                Tap tap = tap(provider.address());
                Socket client = new Socket("127.0.0.1", tap.port())) {
            Thread.ofVirtual().start(() -> sayTooMuch(client));
            assertThat(readUntil(client, "}}")).contains("413");
            assertThat(provider.requests).isEmpty();
        }
    }

    private static void awaitStandstill(AtomicLong said, CountDownLatch standstill) {
        try {
            long before = -1;
            while (said.get() == 0 || said.get() != before) {
                before = said.get();
                Thread.sleep(1_000);
            }
            standstill.countDown();
        } catch (InterruptedException _) {
            // it never stood still
        }
    }

    private static void sayTooMuch(Socket client) {
        try {
            int size = BodyCollector.BOUND + (1 << 20);
            RawPeer.say(
                    client, "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: " + size + "\r\n\r\n");
            byte[] some = new byte[1 << 20];
            for (int sent = 0; sent < size; sent += some.length) {
                client.getOutputStream().write(some);
            }
        } catch (IOException _) {
            // refused before all was said
        }
    }

    private Event.UpstreamCall row() throws InterruptedException {
        return (Event.UpstreamCall) rows.take();
    }

    private Tap tap(URI upstream) {
        Tap.Config config = new Tap.Config(Arm.OLD, upstream, Optional.of("real-key"), 7);
        return Tap.start(vertx, config, rows::add, Ticker.since(System.nanoTime()));
    }

    private static SimulatedProvider provider() {
        SimulatedProfile profile = new SimulatedProfile(
                Duration.ofMillis(2),
                Duration.ofMillis(3),
                10_000,
                0,
                Share.NONE,
                Set.of(),
                "real-key",
                SimulatedProfile.Limits.NONE);
        return SimulatedProvider.start(vertx, profile, 7);
    }

    private static Socket ask(Tap tap, String user) throws IOException {
        Socket socket = new Socket("127.0.0.1", tap.port());
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"about above\"}],"
                + "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"user\":\"" + user + "\"}";
        RawPeer.say(
                socket,
                "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer changeover-placeholder\r\n"
                        + "X-Other: kept\r\nConnection: keep-alive\r\nx-changeover-id: " + user.split("/")[0]
                        + "\r\nX-Changeover-Conversation: c%201\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body);
        return socket;
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (text.indexOf(end) < 0) {
            int letter = in.read();
            if (letter < 0) {
                throw new IOException("ended before '" + end + "': " + text);
            }
            text.append((char) letter);
        }
        return text.toString();
    }

    private static String readAll(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (SocketException _) {
            return "";
        }
    }

    private static String piece(String data) {
        String event = "data: " + data + "\n\n";
        return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
    }
}
