package dev.changeover.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a tap makes of providers that cut, close, lie or are not there.
@Timeout(60)
class BrokenProvidersTest {

    private static final int NOTHING = -1;
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String ONE = chunk(Answers.words("one"));

    @Test
    void cutInsideAnAnswerIsPassedOnAsACut() throws Exception {
        try (TapBench bench = TapBench.answering(CHUNKED + ONE)) {
            assertThat(bench.answer(true)).contains("one").doesNotContain("0\r\n\r\n");
            assertFailed(bench, ErrorKind.TRUNCATED_STREAM);
        }
    }

    @Test
    void cleanEndWithoutFinishIsPassedOnCleanAndWrittenDownAsTruncated() throws Exception {
        try (TapBench bench = TapBench.answering(CHUNKED + ONE + "0\r\n\r\n")) {
            assertThat(bench.answer(true)).contains("one", "0\r\n\r\n");
            assertFailed(bench, ErrorKind.TRUNCATED_STREAM);
        }
    }

    @Test
    void closeBeforeAnyAnswerIsAReset() throws Exception {
        try (TapBench bench = TapBench.answering("")) {
            assertThat(bench.answer(true)).isEmpty();
            assertFailed(bench, ErrorKind.CONNECTION_RESET);
        }
    }

    @Test
    void garbageIsABadGateway() throws Exception {
        RawPeer provider = new RawPeer(socket -> {
            RawPeer.say(socket, "SSH-2.0-OpenSSH_9.6\r\n\r\n");
            socket.getInputStream().read();
        });
        try (TapBench bench = new TapBench(provider)) {
            assertThat(bench.answer(true)).contains("502", "\"code\":\"malformed\"");
            assertFailed(bench, ErrorKind.MALFORMED);
        }
    }

    @Test
    void endlessHeadersAreABadGateway() throws Exception {
        RawPeer provider = new RawPeer(socket -> {
            RawPeer.say(socket, "HTTP/1.1 200 OK\r\n");
            while (true) {
                RawPeer.say(socket, "x-more: " + "x".repeat(1000) + "\r\n");
            }
        });
        try (TapBench bench = new TapBench(provider)) {
            assertThat(bench.answer(true)).contains("502");
            assertFailed(bench, ErrorKind.MALFORMED);
        }
    }

    @Test
    void refusedConnectionIsABadGateway() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (TapBench bench = TapBench.before(URI.create("http://127.0.0.1:" + free + "/v1"))) {
            assertThat(bench.answer(true)).contains("502", "connection_refused");
            Event.UpstreamCall row = bench.row();
            assertThat(row.outcome()).isEqualTo(new Outcome.Failed(ErrorKind.CONNECTION_REFUSED));
            assertThat(row.status()).isEmpty();
        }
    }

    @Test
    void upstreamWhoseCertificateNobodyVouchesForIsToldNothing(@TempDir Path folder) throws Exception {
        BlockingQueue<Integer> said = new LinkedBlockingQueue<>();
        try (ServerSocket impostor = SelfSigned.serverSocket(folder)) {
            Thread.ofVirtual().start(() -> said.add(firstByteSaidTo(impostor)));
            try (TapBench bench = TapBench.before(URI.create("https://localhost:" + impostor.getLocalPort() + "/v1"))) {
                assertThat(bench.answer(true)).startsWith("HTTP/1.1 502");
                assertThat(bench.warning())
                        .contains("providers.old: nobody trusted vouches for the certificate of localhost");
                assertFailed(bench, ErrorKind.CONNECTION_REFUSED);
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

    private static void assertFailed(TapBench bench, ErrorKind kind) throws InterruptedException {
        assertThat(bench.row().outcome()).isEqualTo(new Outcome.Failed(kind));
    }

    private static String chunk(String event) {
        return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
    }
}
