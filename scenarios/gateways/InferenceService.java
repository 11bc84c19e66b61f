import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/// A containerised inference service (move E). Without arguments it is the container host, which runs it with `serve`
/// and takes it down when it ends itself. Its defects, as told:
///
/// - A blocking client inside a server with one thread: one slow call stalls everything, `/health` too.
/// - `/health` never looks at the provider.
/// - There is no `/metrics`, so none of its alerts can fire.
/// - Every error becomes a 500.
/// - Streaming drops the finish reason and `[DONE]`.
/// - The provider's address is in the code, and nothing reads the configuration file.
final class InferenceService {

    private static final String PROVIDER = Chat.env("UPSTREAM");

    private final String key = Chat.env("KEY");
    private final String models = Chat.env("MODELS", "deepseek-chat");
    private final Duration timeout = Duration.ofMillis(Chat.number("TIMEOUT_MS", 60_000));

    static void main(String[] arguments) throws IOException, InterruptedException {
        Path work = Path.of(Chat.env("WORK"));
        if (arguments.length == 0) {
            Processes.writeOwnPid(work.resolve("host.pid"));
            Processes.stopWithThis(work.resolve("service.pid"));
            Processes.start(InferenceService.class, "InferenceService.java", "serve");
            Thread.currentThread().join();
        }
        Processes.writeOwnPid(work.resolve("service.pid"));
        Processes.endWith(work.resolve("host.pid"));
        InferenceService service = new InferenceService();
        HttpServer server = Chat.listen((int) Chat.number("PORT", 8000));
        server.createContext("/health", Chat.health());
        server.createContext("/v1/models", Chat.logging(service::listModels));
        server.createContext("/v1/chat/completions", Chat.logging(service::complete));
        server.start();
    }

    private void listModels(HttpExchange exchange) throws IOException {
        StringBuilder data = new StringBuilder();
        for (String model : models.split(",")) {
            data.append(data.isEmpty() ? "" : ",").append("{\"object\":\"model\",\"id\":" + Chat.quoted(model) + "}");
        }
        Chat.reply(exchange, 200, "{\"object\":\"list\",\"data\":[" + data + "]}");
    }

    private void complete(HttpExchange exchange) throws IOException {
        String body = Chat.bodyOf(exchange);
        try {
            var answer = Chat.CLIENT.send(Chat.completion(PROVIDER, key, body, timeout), BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                answer.body().close();
                Chat.fail(exchange, 500, "Internal Server Error");
            } else if (Chat.wantsStream(body)) {
                stream(exchange, Chat.lines(answer.body()));
            } else {
                Chat.reply(exchange, 200, Chat.text(answer.body()));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            Chat.fail(exchange, 500, "Internal Server Error");
        }
    }

    private static void stream(HttpExchange exchange, BufferedReader lines) throws IOException {
        OutputStream out = Chat.beginStream(exchange);
        try (lines) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:") && line.contains("\"content\":")) {
                    Chat.say(out, line.replaceAll(",\\s*\"finish_reason\"\\s*:\\s*(?:null|\"[^\"]*\")", "") + "\n\n");
                }
            }
        }
    }
}
