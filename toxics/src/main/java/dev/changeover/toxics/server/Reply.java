package dev.changeover.toxics.server;

import java.math.BigDecimal;
import java.util.Collection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An answer of the API.
record Reply(int status, String contentType, String body) {

    static final String TEXT = "text/plain; charset=utf-8";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static Reply json(int status, JsonNode json) {
        return new Reply(status, "application/json", written(json));
    }

    /// As Go writes JSON, whose strings are fit for HTML.
    private static String written(JsonNode json) {
        return json.toString()
                .replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    static Reply text(int status, String text) {
        return new Reply(status, TEXT, text);
    }

    static Reply version(String version) {
        return new Reply(200, "application/json;charset=utf-8", "{\"version\": \"" + version + "\"}\n");
    }

    static Reply empty(int status) {
        return text(status, "");
    }

    static Reply of(ApiError error) {
        return text(error.status(), written(error(error)) + "\n");
    }

    /// What failed, with the proxies that are in place all the same.
    static Reply populated(ApiError failure, Collection<Proxy> done) {
        ObjectNode json = error(failure);
        json.set("proxies", done.isEmpty() ? NODES.nullNode() : proxies(done));
        return json(failure.status(), json);
    }

    static Reply populated(Collection<Proxy> done) {
        ObjectNode json = NODES.objectNode();
        json.set("proxies", done.isEmpty() ? NODES.nullNode() : proxies(done));
        return json(201, json);
    }

    private static ObjectNode error(ApiError error) {
        return NODES.objectNode().put("error", error.getMessage()).put("status", error.status());
    }

    private static ArrayNode proxies(Collection<Proxy> done) {
        ArrayNode array = NODES.arrayNode();
        done.forEach(proxy -> array.add(proxy(proxy)));
        return array;
    }

    static ObjectNode byName(Collection<Proxy> proxies) {
        ObjectNode json = NODES.objectNode();
        proxies.forEach(proxy -> json.set(proxy.name(), proxy(proxy)));
        return json;
    }

    static ObjectNode proxy(Proxy proxy) {
        ObjectNode json = NODES.objectNode()
                .put("name", proxy.name())
                .put("listen", proxy.listen())
                .put("upstream", proxy.upstream().text())
                .put("enabled", proxy.enabled());
        json.set("Logger", NODES.objectNode());
        json.set("toxics", toxics(proxy.toxics()));
        return json;
    }

    static ArrayNode toxics(Collection<NamedToxic> toxics) {
        ArrayNode array = NODES.arrayNode();
        toxics.forEach(toxic -> array.add(toxic(toxic)));
        return array;
    }

    static ObjectNode toxic(NamedToxic toxic) {
        ObjectNode json = NODES.objectNode();
        ObjectNode attributes = json.putObject("attributes");
        ToxicAttributes.of(toxic.toxic()).forEach((key, value) -> attributes.put(key, value.longValue()));
        json.put("name", toxic.name())
                .put("type", toxic.toxic().type())
                .put("stream", toxic.direction().word());
        return json.put("toxicity", toxicity(toxic));
    }

    /// As precise as the real server keeps it.
    private static BigDecimal toxicity(NamedToxic toxic) {
        BigDecimal toxicity = new BigDecimal(Float.toString((float) toxic.toxicity())).stripTrailingZeros();
        return toxicity.scale() < 0 ? toxicity.setScale(0) : toxicity;
    }
}
