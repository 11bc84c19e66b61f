package dev.changeover.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/// A provider whose answers say back what the client sent: the last message as content, the key in errors.
final class EchoingProvider implements AutoCloseable {

    private final HttpServer server;

    EchoingProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", EchoingProvider::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private static void answer(HttpExchange call) throws IOException {
        try (call) {
            String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String content = body.replaceAll("(?s).*\"content\":\"([^\"]*)\".*", "$1");
            if (body.contains("\"model\":\"refused\"")) {
                say(
                        call,
                        401,
                        "application/json",
                        "{\"error\":{\"message\":\"Incorrect API key provided: "
                                + call.getRequestHeaders().getFirst("Authorization") + ", said " + content + "\"}}");
            } else if (body.contains("\"stream\":true")) {
                int half = content.length() / 2;
                say(
                        call,
                        200,
                        "text/event-stream",
                        event(content.substring(0, half)) + event(content.substring(half)) + "data: [DONE]\n\n");
            } else {
                say(
                        call,
                        200,
                        "application/json",
                        "{\"choices\":[{\"message\":{\"content\":\"" + content
                                + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7}}");
            }
        }
    }

    private static String event(String content) {
        return "data: {\"choices\":[{\"delta\":{\"content\":\"" + content + "\"}}]}\n\n";
    }

    private static void say(HttpExchange call, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", type);
        call.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = call.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
