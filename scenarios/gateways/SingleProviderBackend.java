import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/// A backend that hung on one provider, after it was mended (move B). Its defects, as told:
///
/// - The three models of its chain sit behind one base URL and one key: it is still a single provider.
/// - Any exception is retried, a 401 too: up to nine calls for one request.
/// - A 401 is wrapped by the retrying and reaches the caller as a 500.
/// - On the plain route a stream is read as if it were none: the parse fails, three times for each model.
/// - The streaming relay never sends `[DONE]`.
/// - The streaming relay checks no status before the first byte: an error is a body inside a 200 event stream.
/// - Whatever its workers cannot take waits, without bound.
/// - `/health` never looks at the provider.
final class SingleProviderBackend {

    private static final int TRIES = 3;

    private final String upstream = Chat.env("UPSTREAM");
    private final String key = Chat.env("KEY");
    private final List<String> models = List.of(
            Chat.env("MODELS", "deepseek-chat,gpt-4.1,claude-sonnet-4-5").split(","));
    private final Duration timeout = Duration.ofMillis(Chat.number("TIMEOUT_MS", 30_000));
    private final Duration streamTimeout = Duration.ofMillis(Chat.number("STREAM_TIMEOUT_MS", 60_000));
    private final long multiplierMillis = Chat.number("WAIT_MULTIPLIER_MS", 1_000);
    private final long minMillis = Chat.number("WAIT_MIN_MS", 2_000);
    private final long maxMillis = Chat.number("WAIT_MAX_MS", 10_000);
    private final boolean relay = Chat.env("STREAMS", "relay").equals("relay");
    private final Semaphore workers = new Semaphore((int) Chat.number("WORKERS", 16), true);

    static void main() throws IOException {
        SingleProviderBackend backend = new SingleProviderBackend();
        HttpServer server = Chat.listen((int) Chat.number("PORT", 8000));
        server.setExecutor(Chat.oneThreadEach());
        server.createContext("/health", Chat.health());
        server.createContext("/v1/chat/completions", Chat.logging(backend::queue));
        server.start();
    }

    private void queue(HttpExchange exchange) throws IOException {
        String body = Chat.bodyOf(exchange);
        workers.acquireUninterruptibly();
        try {
            if (relay && Chat.wantsStream(body)) {
                relay(exchange, body);
            } else {
                plain(exchange, body);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            workers.release();
        }
    }

    private void plain(HttpExchange exchange, String body) throws IOException, InterruptedException {
        String answer;
        try {
            answer = chain(body);
        } catch (IllegalStateException e) {
            Chat.fail(exchange, 500, e.getMessage());
            return;
        }
        Chat.reply(exchange, 200, answer);
    }

    private String chain(String body) throws InterruptedException {
        String last = "";
        for (String model : models) {
            String asked = Chat.withModel(body, model);
            for (int attempt = 1; attempt <= TRIES; attempt++) {
                try {
                    return call(asked);
                } catch (IOException e) {
                    last = "RetryError[%s after %d attempts: %s]".formatted(model, attempt, e.getMessage());
                }
                if (attempt < TRIES) {
                    Thread.sleep(Math.clamp(multiplierMillis << (attempt - 1), minMillis, maxMillis));
                }
            }
        }
        throw new IllegalStateException(last);
    }

    private String call(String body) throws IOException, InterruptedException {
        var answer = Chat.CLIENT.send(Chat.completion(upstream, key, body, timeout), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        String text = answer.body().strip();
        if (!text.startsWith("{") || !text.endsWith("}")) {
            throw new IOException("the answer is no JSON object");
        }
        return text;
    }

    private void relay(HttpExchange exchange, String body) throws IOException, InterruptedException {
        String asked = Chat.withModel(body, models.getFirst());
        OutputStream out = Chat.beginStream(exchange);
        var answer =
                Chat.CLIENT.send(Chat.completion(upstream, key, asked, streamTimeout), BodyHandlers.ofInputStream());
        try (BufferedReader lines = Chat.lines(answer.body())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.equals("data: [DONE]")) {
                    Chat.say(out, line + "\n\n");
                }
            }
        }
    }
}
