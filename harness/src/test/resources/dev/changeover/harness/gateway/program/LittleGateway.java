import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import sun.misc.Signal;

/// A gateway for tests, run from its source: `LittleGateway PORT OLD_URL NEW_URL CONFIG`. The configuration is the
/// new provider's share in per cent; it is read again on SIGHUP.
class LittleGateway {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static volatile int toNew;

    public static void main(String[] args) throws IOException {
        Path config = Path.of(args[3]);
        toNew = read(config);
        Signal.handle(new Signal("HUP"), _ -> toNew = read(config));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/health", exchange -> answer(exchange, 200, new byte[0]));
        server.createContext("/v1/chat/completions", exchange -> forward(exchange, args[1], args[2]));
        server.start();
        System.out.println("serving at " + toNew + " %; the key is " + Optional.ofNullable(System.getenv("NEW_KEY")));
    }

    private static int read(Path config) {
        try {
            return Integer.parseInt(Files.readString(config).strip());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void forward(HttpExchange exchange, String oldUrl, String newUrl) throws IOException {
        String url = ThreadLocalRandom.current().nextInt(100) < toNew ? newUrl : oldUrl;
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        exchange.getRequestBody().readAllBytes()))
                .build();
        try {
            HttpResponse<byte[]> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
            response.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            answer(exchange, response.statusCode(), response.body());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
