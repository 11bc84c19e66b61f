package dev.changeover.harness.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An error in the shape of OpenAI's API.
public record ApiError(int status, String type, String code, String message) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public byte[] body() {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error")
                .put("message", message)
                .put("type", type)
                .putNull("param")
                .put("code", code);
        return JSON.writeValueAsBytes(root);
    }

    public void answer(HttpServerResponse response) {
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(body()));
        }
    }
}
