import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// The worker of a chat platform: calls the provider for the API server (move D). Its defects, as told:
///
/// - Model names that its map does not know are passed through as they are.
/// - Errors reach the user as text inside a 200.
/// - It takes its provider's address from a file: `--provider` and the exported URL change nothing.
final class RelayWorker {

    private static final Map<String, String> NAMES = Map.of("claude-3.5-sonnet", "claude-sonnet-4.5");

    private final String provider;
    private final String key = Chat.env("KEY");
    private final Duration timeout = Duration.ofMillis(Chat.number("TIMEOUT_MS", 120_000));

    private RelayWorker(String provider) {
        this.provider = provider;
    }

    static void main(String[] arguments) throws IOException {
        Path work = Path.of(Chat.env("WORK"));
        Processes.writeOwnPid(work.resolve("worker.pid"));
        Processes.endWith(work.resolve("server.pid"));
        System.out.println("worker started with " + String.join(" ", arguments));
        RelayWorker worker =
                new RelayWorker(Files.readString(work.resolve("provider.url")).strip());
        HttpServer server = Chat.listen((int) Chat.number("WORKER_PORT", 8001));
        server.setExecutor(Chat.oneThreadEach());
        server.createContext("/v1/chat/completions", Chat.logging(worker::complete));
        server.start();
    }

    private void complete(HttpExchange exchange) throws IOException {
        String body = Chat.bodyOf(exchange);
        String asked = Chat.modelOf(body);
        String renamed = Chat.withModel(body, NAMES.getOrDefault(asked, asked));
        try {
            HttpResponse<InputStream> answer =
                    Chat.CLIENT.send(Chat.completion(provider, key, renamed, timeout), BodyHandlers.ofInputStream());
            if (answer.statusCode() == 200) {
                Chat.pass(answer, exchange);
            } else {
                ErrorText.answer(exchange, body, "ERROR " + answer.statusCode() + ": " + Chat.text(answer.body()));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            ErrorText.answer(exchange, body, "NETWORK ERROR: " + e.getClass().getSimpleName());
        }
    }
}
