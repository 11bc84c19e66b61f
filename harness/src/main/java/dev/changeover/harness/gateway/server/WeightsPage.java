package dev.changeover.harness.gateway.server;

import dev.changeover.harness.gateway.policy.Splitter;
import dev.changeover.harness.units.Share;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.math.BigDecimal;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tells the weights in force, and changes them: `{"new": 30}`, in per cent.
final class WeightsPage {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Splitter splitter;

    WeightsPage(Splitter splitter) {
        this.splitter = splitter;
    }

    void tell(HttpServerResponse response) {
        if (splitter.splits()) {
            sendWeights(response);
        } else {
            refuse(response);
        }
    }

    /// In force for every request that comes after the answer.
    void change(HttpServerResponse response, Buffer body) {
        if (!splitter.splits()) {
            refuse(response);
            return;
        }
        try {
            splitter.weigh(share(body));
            sendWeights(response);
        } catch (IllegalArgumentException e) {
            String remedy = "; send the new provider's weight in per cent, like {\"new\": 30}";
            Replies.send(response, 400, Replies.error(e.getMessage() + remedy, "bad_request"));
        }
    }

    private void sendWeights(HttpServerResponse response) {
        BigDecimal fresh = BigDecimal.valueOf(splitter.toNew().value()).movePointRight(2);
        TreeMap<String, BigDecimal> weights = new TreeMap<>();
        weights.put("new", plain(fresh));
        weights.put("old", plain(HUNDRED.subtract(fresh)));
        Replies.send(response, 200, Replies.json(weights));
    }

    private static void refuse(HttpServerResponse response) {
        String message = "there are no weights: the gateway's route has one provider only; name both in route";
        Replies.send(response, 409, Replies.error(message, "conflict"));
    }

    private static Share share(Buffer body) {
        JsonNode weight = onlyEntry(tree(body));
        if (!weight.isNumber()) {
            throw new IllegalArgumentException("'new' must be a number, got " + weight);
        }
        BigDecimal percent = weight.decimalValue();
        if (percent.signum() < 0 || percent.compareTo(HUNDRED) > 0) {
            throw new IllegalArgumentException("'new' must be from 0 to 100, got " + percent);
        }
        return new Share(percent.movePointLeft(2).doubleValue());
    }

    private static JsonNode onlyEntry(JsonNode root) {
        if (!root.isObject()) {
            throw new IllegalArgumentException("the body must be a JSON object");
        }
        for (String name : root.propertyNames()) {
            if (!name.equals("new")) {
                throw new IllegalArgumentException("unknown key '" + name + "'");
            }
        }
        if (!root.has("new")) {
            throw new IllegalArgumentException("'new' is missing");
        }
        return root.get("new");
    }

    private static JsonNode tree(Buffer body) {
        try {
            return JSON.readTree(body.getBytes());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the body is not JSON", e);
        }
    }

    private static BigDecimal plain(BigDecimal percent) {
        BigDecimal stripped = percent.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
