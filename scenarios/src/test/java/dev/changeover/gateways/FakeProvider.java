package dev.changeover.gateways;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A provider that answers as it was last told to, and remembers what it was asked.
final class FakeProvider implements AutoCloseable {

    static final String STREAM = "data: {\"choices\":[{\"delta\":{\"content\":\"good\"},\"finish_reason\":null}]}\n\n"
            + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 200;
    private volatile CountDownLatch open = new CountDownLatch(0);

    FakeProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", this::complete);
        server.start();
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    void answers(int wanted) {
        status = wanted;
        asked.clear();
    }

    /// From now on nothing is answered until the latch is counted down.
    CountDownLatch stalls() {
        asked.clear();
        open = new CountDownLatch(1);
        return open;
    }

    private void complete(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            asked.add(body);
            keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
            open.await();
            boolean stream = status == 200 && body.contains("\"stream\":true");
            String answer = status != 200
                    ? "{\"error\":{\"message\":\"as told\"}}"
                    : stream ? STREAM : "{\"choices\":[{\"message\":{\"content\":\"good\"}}]}";
            exchange.getResponseHeaders().set("Content-Type", stream ? "text/event-stream" : "application/json");
            exchange.sendResponseHeaders(status, answer.length());
            exchange.getResponseBody().write(answer.getBytes(UTF_8));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        open.countDown();
        server.stop(0);
    }
}
