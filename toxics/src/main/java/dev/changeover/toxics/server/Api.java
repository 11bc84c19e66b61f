package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Direction;
import dev.changeover.toxics.toxic.Toxic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Toxiproxy's HTTP API over the proxies: from a request to a reply, without a socket.
///
/// Called by one thread at a time.
final class Api {

    static final String VERSION = "2.12.0";

    /// What may be asked for, and how.
    private static final Map<String, Set<String>> METHODS = Map.of(
            "version", Set.of("GET"),
            "reset", Set.of("POST"),
            "populate", Set.of("POST"),
            "metrics", Set.of("GET"),
            "proxies", Set.of("GET", "POST"),
            "proxies/*", Set.of("GET", "POST", "PATCH", "DELETE"),
            "proxies/*/toxics", Set.of("GET", "POST"),
            "proxies/*/toxics/*", Set.of("GET", "POST", "PATCH", "DELETE"));

    private final Proxies proxies;

    Api(Proxies proxies) {
        this.proxies = proxies;
    }

    /// @param path decoded; empty where it cannot be
    Reply answer(String method, Optional<String> path, Optional<String> userAgent, byte[] body) {
        if (path.isEmpty()) {
            return Reply.text(400, "400 Bad Request");
        }
        boolean browser =
                userAgent.filter(agent -> agent.startsWith("Mozilla/")).isPresent();
        try {
            return route(method, path.get().split("/", -1), browser, body);
        } catch (ApiError e) {
            return Reply.of(e);
        }
    }

    /// @param path its first part is empty: a path starts with a slash
    private Reply route(String method, String[] path, boolean browser, byte[] body) {
        String shape = shape(path);
        if (!METHODS.containsKey(shape)) {
            return Reply.text(404, "404 page not found\n");
        }
        if (!METHODS.get(shape).contains(method)) {
            return Reply.empty(405);
        }
        if (browser) {
            return Reply.text(403, "User agent not allowed\n");
        }
        return switch (shape) {
            case "version" -> Reply.version(VERSION);
            case "reset" -> reset();
            case "populate" -> populate(body);
            case "proxies" -> allProxies(method, body);
            case "proxies/*" -> oneProxy(method, path[2], body);
            case "proxies/*/toxics" -> allToxics(method, path[2], body);
            case "proxies/*/toxics/*" -> oneToxic(method, path[2], path[4], body);
            case "metrics" -> metrics();
            default -> throw notRouted(shape);
        };
    }

    private static IllegalStateException notRouted(String what) {
        return new IllegalStateException("allowed and not routed: " + what);
    }

    /// The path with a star for each name: every second part is one.
    private static String shape(String[] path) {
        List<String> shape = new ArrayList<>();
        for (int i = 1; i < path.length; i++) {
            shape.add(i % 2 == 0 && !path[i].isEmpty() ? "*" : path[i]);
        }
        return String.join("/", shape);
    }

    private Reply metrics() {
        return new Reply(200, Metrics.CONTENT_TYPE, Metrics.text(proxies.all()));
    }

    private Reply reset() {
        proxies.reset();
        return Reply.empty(204);
    }

    private Reply populate(byte[] body) {
        List<Proxy> done = new ArrayList<>();
        try {
            proxies.populate(wanted(body), done);
            return Reply.populated(done);
        } catch (ApiError failure) {
            return Reply.populated(failure, done);
        }
    }

    private static List<ProxySettings> wanted(byte[] body) {
        JsonNode json = Body.parse(body);
        if (json.isNull()) {
            return List.of();
        }
        if (!json.isArray()) {
            throw ApiError.badBody("a JSON array of proxies is needed");
        }
        List<ProxySettings> wanted = new ArrayList<>();
        for (JsonNode element : json) {
            wanted.add(settings(Body.object(element), " at proxy " + (wanted.size() + 1)));
        }
        for (ProxySettings settings : wanted) {
            Address.listen(settings.listen());
            Address.upstream(settings.upstream());
        }
        return wanted;
    }

    private Reply allProxies(String method, byte[] body) {
        return switch (method) {
            case "GET" -> Reply.json(200, Reply.byName(proxies.all()));
            case "POST" -> Reply.json(201, Reply.proxy(proxies.create(settings(Body.object(body), ""))));
            default -> throw notRouted(method);
        };
    }

    /// @param where appended to the name of a missing field
    private static ProxySettings settings(Body body, String where) {
        String name = body.text("name").orElse("");
        String listen = body.text("listen").orElse("");
        String upstream = body.text("upstream").orElse("");
        boolean enabled = body.flag("enabled").orElse(true);
        if (name.isEmpty()) {
            throw ApiError.missingField("name" + where);
        }
        if (upstream.isEmpty()) {
            throw ApiError.missingField("upstream" + where);
        }
        return new ProxySettings(name, listen, upstream, enabled);
    }

    private Reply oneProxy(String method, String name, byte[] body) {
        return switch (method) {
            case "GET" -> Reply.json(200, Reply.proxy(proxies.named(name)));
            case "POST", "PATCH" -> {
                proxies.named(name);
                Body changes = Body.object(body);
                yield Reply.json(
                        200,
                        Reply.proxy(proxies.update(
                                name, changes.text("listen"), changes.text("upstream"), changes.flag("enabled"))));
            }
            case "DELETE" -> {
                proxies.delete(name);
                yield Reply.empty(204);
            }
            default -> throw notRouted(method);
        };
    }

    private Reply allToxics(String method, String proxyName, byte[] body) {
        return switch (method) {
            case "GET" -> Reply.json(200, Reply.toxics(proxies.named(proxyName).toxics()));
            case "POST" -> {
                Proxy proxy = proxies.named(proxyName);
                NamedToxic toxic = newToxic(proxy, Body.object(body));
                proxy.add(toxic);
                yield Reply.json(200, Reply.toxic(toxic));
            }
            default -> throw notRouted(method);
        };
    }

    /// Clients see the first mistake only, in this order: JSON, stream, type, duplicate, attributes.
    private static NamedToxic newToxic(Proxy proxy, Body body) {
        String type = body.text("type").orElse("");
        String stream = body.text("stream").orElse(Direction.DOWNSTREAM.word()).toLowerCase(Locale.ROOT);
        String name = body.text("name").filter(n -> !n.isEmpty()).orElse(type + "_" + stream);
        double toxicity = body.number("toxicity").orElse(1.0);
        Body attributes = body.object("attributes");
        Direction direction = Direction.of(stream).orElseThrow(ApiError::invalidStream);
        Toxic blank = ToxicAttributes.blank(type).orElseThrow(ApiError::invalidToxicType);
        if (proxy.hasToxic(name)) {
            throw ApiError.toxicExists();
        }
        return named(name, direction, ToxicAttributes.merge(blank, attributes), toxicity);
    }

    private Reply oneToxic(String method, String proxyName, String toxicName, byte[] body) {
        Proxy proxy = proxies.named(proxyName);
        return switch (method) {
            case "GET" -> Reply.json(200, Reply.toxic(proxy.toxic(toxicName)));
            case "POST", "PATCH" -> {
                NamedToxic before = proxy.toxic(toxicName);
                Body changes = Body.object(body);
                NamedToxic changed = named(
                        before.name(),
                        before.direction(),
                        ToxicAttributes.merge(before.toxic(), changes.object("attributes")),
                        changes.number("toxicity").orElse(before.toxicity()));
                proxy.update(changed);
                yield Reply.json(200, Reply.toxic(changed));
            }
            case "DELETE" -> {
                proxy.remove(proxy.toxic(toxicName));
                yield Reply.empty(204);
            }
            default -> throw notRouted(method);
        };
    }

    private static NamedToxic named(String name, Direction direction, Toxic toxic, double toxicity) {
        try {
            return new NamedToxic(name, direction, toxic, toxicity);
        } catch (IllegalArgumentException e) {
            throw ApiError.badBody(e.getMessage());
        }
    }
}
