import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// The API server of a chat platform; its worker calls the provider (move D). Its defects, as told:
///
/// - `/health` speaks of this server only: it is green when no worker is up.
/// - Errors reach the user as text inside a 200.
/// - One window of requests is shared by all users; whoever is over it waits in a queue, without bound.
final class RelayServer {

    private static final Duration WORKER_PATIENCE = Duration.ofMinutes(10);

    private final String worker = "http://127.0.0.1:" + Chat.env("WORKER_PORT") + "/v1";
    private final long limit = Chat.number("LIMIT", 60);
    private final long windowNanos = Chat.number("WINDOW_MS", 60_000) * 1_000_000;
    private final Deque<Long> recent = new ArrayDeque<>();

    static void main() throws IOException {
        Path work = Path.of(Chat.env("WORK"));
        Processes.writeOwnPid(work.resolve("server.pid"));
        Files.writeString(work.resolve("provider.url"), Chat.env("UPSTREAM"));
        Processes.stopWithThis(work.resolve("worker.pid"));
        Processes.start(RelayServer.class, "RelayWorker.java", "--provider", "new");
        RelayServer api = new RelayServer();
        HttpServer server = Chat.listen((int) Chat.number("PORT", 8000));
        server.setExecutor(Chat.oneThreadEach());
        server.createContext("/health", Chat.health());
        server.createContext("/v1/chat/completions", Chat.logging(api::complete));
        server.start();
    }

    private void complete(HttpExchange exchange) throws IOException {
        String body = Chat.bodyOf(exchange);
        try {
            takeTurn();
            Chat.pass(
                    Chat.CLIENT.send(
                            Chat.completion(worker, "none", body, WORKER_PATIENCE), BodyHandlers.ofInputStream()),
                    exchange);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            ErrorText.answer(exchange, body, "NETWORK ERROR: " + e.getClass().getSimpleName());
        }
    }

    /// Holding the queue's only lock while it waits, so that requests leave in the order they came.
    private synchronized void takeTurn() throws InterruptedException {
        long now = System.nanoTime();
        while (recent.size() >= limit) {
            long free = recent.getFirst() + windowNanos;
            if (free > now) {
                Thread.sleep(Duration.ofNanos(free - now));
                now = System.nanoTime();
            } else {
                recent.removeFirst();
            }
        }
        recent.addLast(now);
    }
}
