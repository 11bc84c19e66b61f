import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the programs in this folder share: a server on loopback, calls to a provider, and as much JSON as they need.
final class Chat {

    private static final int BACKLOG = 1024;
    private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern STREAM = Pattern.compile("\"stream\"\\s*:\\s*true");

    static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private Chat() {}

    static String env(String name) {
        return Optional.ofNullable(System.getenv(name))
                .orElseThrow(() -> new IllegalStateException("the environment has no " + name));
    }

    static String env(String name, String fallback) {
        return Optional.ofNullable(System.getenv(name)).orElse(fallback);
    }

    /// A whole number of the environment; those named `..._MS` are milliseconds.
    static long number(String name, long fallback) {
        return Long.parseLong(env(name, Long.toString(fallback)));
    }

    static HttpServer listen(int port) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    }

    static Executor oneThreadEach() {
        return Executors.newVirtualThreadPerTaskExecutor();
    }

    /// A handler whose failures are written to the log; a caller that has gone is no failure.
    static HttpHandler logging(HttpHandler handler) {
        return exchange -> {
            try (exchange) {
                handler.handle(exchange);
            } catch (IOException e) {
                System.out.println("the caller has gone: " + e.getMessage());
            } catch (RuntimeException e) {
                System.out.println(exchange.getRequestURI() + ": " + e);
            }
        };
    }

    static HttpHandler health() {
        return logging(exchange -> reply(exchange, 200, "{\"status\":\"healthy\"}"));
    }

    static String bodyOf(HttpExchange exchange) throws IOException {
        return text(exchange.getRequestBody());
    }

    static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    static void reply(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static void fail(HttpExchange exchange, int status, String message) throws IOException {
        reply(exchange, status, "{\"error\":{\"message\":" + quoted(message) + ",\"type\":\"gateway_error\"}}");
    }

    static OutputStream beginStream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    static BufferedReader lines(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /// @param base up to and with `/v1`
    static HttpRequest completion(String base, String key, String body, Duration timeout) {
        return HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /// Passes an answer on as it comes.
    static void pass(HttpResponse<InputStream> answer, HttpExchange exchange) throws IOException {
        try (InputStream in = answer.body()) {
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            answer.headers().firstValue("content-type").orElse("application/json"));
            exchange.sendResponseHeaders(answer.statusCode(), 0);
            byte[] piece = new byte[8192];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                exchange.getResponseBody().write(piece, 0, read);
                exchange.getResponseBody().flush();
            }
        }
    }

    static boolean wantsStream(String body) {
        return STREAM.matcher(body).find();
    }

    static String modelOf(String body) {
        Matcher model = MODEL.matcher(body);
        return model.find() ? model.group(1) : "";
    }

    static String withModel(String body, String model) {
        return MODEL.matcher(body).replaceFirst(Matcher.quoteReplacement("\"model\":\"" + model + "\""));
    }

    static String quoted(String text) {
        return "\""
                + String.valueOf(text)
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replaceAll("\\p{Cntrl}", " ")
                + "\"";
    }
}
