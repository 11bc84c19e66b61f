package dev.changeover.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A provider that refuses what a vendor refuses, in the shape of the vendor's recorded or reported answers, and
/// answers everything else.
public final class StrictVendor implements AutoCloseable {

    public static final String KEY = "the-real-key";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PLACE = "/openai/deployments/gpt-4o/chat/completions";

    private final String dialect;
    private final HttpServer server;
    final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();

    public StrictVendor(String dialect) {
        this.dialect = dialect;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public URI address() {
        return at("azure_openai".equals(dialect) ? "/openai" : "/v1");
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
    }

    public int calls() {
        return bodies.size();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            bodies.add(new String(body, UTF_8));
            JsonNode asked = JSON.readTree(body);
            Optional<Refusal> refusal =
                    refusesKey(exchange) ? Optional.of(Refusal.of(401, "bad key")) : refusalOf(exchange, asked);
            if (refusal.isPresent()) {
                say(
                        exchange,
                        refusal.get().status(),
                        "application/json",
                        refusal.get().body());
            } else if (asked.path("stream").asBoolean(false)) {
                say(exchange, 200, "text/event-stream", Answers.words("one") + usage(asked) + "data: [DONE]\n\n");
            } else {
                say(exchange, 200, "application/json", Answers.WHOLE_BODY);
            }
        }
    }

    private static String usage(JsonNode asked) {
        boolean wanted = asked.path("stream_options").path("include_usage").asBoolean(false);
        return wanted
                ? "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}\n\n"
                : "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    }

    private boolean refusesKey(HttpExchange exchange) {
        String bearer = exchange.getRequestHeaders().getFirst("Authorization");
        String apiKey = exchange.getRequestHeaders().getFirst("api-key");
        return "azure_openai".equals(dialect)
                ? !KEY.equals(apiKey) || bearer != null
                : !("Bearer " + KEY).equals(bearer);
    }

    private record Refusal(int status, String body) {
        static Refusal of(int status, String message) {
            return new Refusal(
                    status,
                    JSON.writeValueAsString(
                            Map.of("error", Map.of("message", message, "type", "invalid_request_error"))));
        }
    }

    private Optional<Refusal> refusalOf(HttpExchange exchange, JsonNode asked) {
        return switch (dialect) {
            case "openai" -> openAi(asked);
            case "azure_openai" ->
                exchange.getRequestURI().getPath().equals(PLACE)
                                && "api-version=2024-10-21"
                                        .equals(exchange.getRequestURI().getQuery())
                        ? openAi(asked)
                        : Optional.of(Refusal.of(404, "Resource not found"));
            case "gemini" -> gemini(asked);
            case "deepseek" ->
                asked.path("response_format").path("type").asString("").equals("json_schema")
                        ? Optional.of(Refusal.of(400, "This response_format type is unavailable now"))
                        : Optional.empty();
            case "anthropic" ->
                asked.has("temperature") && asked.has("top_p")
                        ? Optional.of(Refusal.of(400, "`temperature` and `top_p` cannot both be specified"))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Refusal> openAi(JsonNode asked) {
        boolean reasoning = asked.path("model").asString("").startsWith("gpt-5");
        if (asked.has("max_tokens") && asked.has("max_completion_tokens")) {
            return Optional.of(Refusal.of(
                    400, "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported."));
        }
        if (reasoning && asked.has("max_tokens")) {
            return Optional.of(
                    Refusal.of(400, "Unsupported parameter: 'max_tokens' is not supported with this model."));
        }
        if (reasoning && asked.path("temperature").asDouble(1) != 1) {
            return Optional.of(
                    Refusal.of(400, "Unsupported value: 'temperature' does not support 0.2 with this model."));
        }
        if (asked.has("stream_options") && !asked.path("stream").asBoolean(false)) {
            return Optional.of(
                    Refusal.of(400, "The 'stream_options' parameter is only allowed when 'stream' is enabled."));
        }
        return asked.has("top_k")
                ? Optional.of(Refusal.of(400, "Unrecognized request argument supplied: top_k"))
                : Optional.empty();
    }

    private static Optional<Refusal> gemini(JsonNode asked) {
        Set<String> known = Set.of(
                "model",
                "messages",
                "max_tokens",
                "max_completion_tokens",
                "temperature",
                "top_p",
                "stop",
                "n",
                "stream",
                "stream_options",
                "tools",
                "tool_choice",
                "response_format",
                "reasoning_effort");
        return asked.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .map(name -> new Refusal(
                        400,
                        "[{\"error\":{\"code\":400,\"message\":\"Invalid JSON payload received. Unknown name \\\""
                                + name + "\\\": Cannot find field.\",\"status\":\"INVALID_ARGUMENT\"}}]"));
    }

    private static void say(HttpExchange exchange, int status, String type, String body) throws IOException {
        exchange.getResponseHeaders().set("content-type", type);
        exchange.sendResponseHeaders(status, body.getBytes(UTF_8).length);
        exchange.getResponseBody().write(body.getBytes(UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
