package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Direction;
import dev.changeover.toxics.toxic.Toxic;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.io.ContentReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a file of proxies, and goes on after every problem. Keys may be in any case, and null is the same as absent,
/// as in the API; an unknown key is a problem here, since it may be a fault that is not in force.
final class ProxyFileReader {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    /// `Logger` is there where somebody saved what the API showed.
    private static final List<String> PROXY = List.of("name", "listen", "upstream", "enabled", "toxics", "logger");

    private static final List<String> TOXIC = List.of("type", "name", "stream", "toxicity", "attributes");

    private static final TokenStreamLocation START = new TokenStreamLocation(ContentReference.unknown(), 0, 1, 1);

    private final String file;
    private final List<ProxyFileProblem> problems = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private JsonPlaces places = new JsonPlaces(Map.of(), Map.of(), Map.of());

    ProxyFileReader(String file) {
        this.file = file;
    }

    List<ConfiguredProxy> read(String text) throws ProxyFileException {
        List<ConfiguredProxy> proxies = new ArrayList<>();
        try {
            places = JsonPlaces.of(text, MAPPER);
            places.twice()
                    .forEach((key, place) -> refuse(place, "'%s' is there twice".formatted(last(key)), "keep one"));
            Spot root = new Spot(MAPPER.readTree(text), JsonPointer.empty());
            elements(root, "proxies").forEach(element -> proxy(element).ifPresent(proxies::add));
        } catch (JacksonException e) {
            refuse(
                    Optional.ofNullable(e.getLocation()).orElse(START),
                    "not JSON: " + e.getOriginalMessage(),
                    "check quotes, commas and brackets");
        }
        if (problems.isEmpty()) {
            return proxies;
        }
        problems.sort(Comparator.comparingInt(ProxyFileProblem::line).thenComparingInt(ProxyFileProblem::column));
        throw new ProxyFileException(problems);
    }

    private Optional<ConfiguredProxy> proxy(Spot spot) {
        int before = problems.size();
        if (!isObject(spot, PROXY)) {
            return Optional.empty();
        }
        String name = required(spot, "name", "a name that no other proxy has");
        if (!name.isEmpty() && !names.add(name)) {
            refuse(spot.at("name"), "a second proxy is named '%s'".formatted(name), "give it another name");
        }
        String listen = checked(spot, "listen", "or leave it out for a free port", body -> body.text("listen"))
                .orElse("");
        checked(spot, "listen", "write 127.0.0.1:PORT", _ -> Optional.of(loopback(listen)));
        String upstream = required(spot, "upstream", "where it leads, like 127.0.0.1:8080");
        if (!upstream.isEmpty()) {
            checked(spot, "upstream", "write HOST:PORT", _ -> Optional.of(Address.upstream(upstream)));
        }
        boolean enabled = checked(spot, "enabled", "write true or false", body -> body.flag("enabled"))
                .orElse(true);
        List<NamedToxic> toxics = toxics(spot);
        return problems.size() > before
                ? Optional.empty()
                : Optional.of(new ConfiguredProxy(new ProxySettings(name, listen, upstream, enabled), toxics));
    }

    private static InetSocketAddress loopback(String listen) {
        try {
            return Address.listen(listen).resolveLoopback();
        } catch (UnknownHostException _) {
            throw ApiError.badBody("listen names a host that is not known, '%s'".formatted(listen));
        }
    }

    private List<NamedToxic> toxics(Spot proxy) {
        List<NamedToxic> toxics = new ArrayList<>();
        if (proxy.has("toxics")) {
            for (Spot element : elements(proxy.at("toxics"), "toxics")) {
                toxic(element).ifPresent(toxic -> {
                    if (toxics.stream().anyMatch(other -> other.name().equals(toxic.name()))) {
                        refuse(
                                element,
                                "a second toxic of this proxy is named '%s'".formatted(toxic.name()),
                                "give it a name of its own");
                    }
                    toxics.add(toxic);
                });
            }
        }
        return toxics;
    }

    private Optional<NamedToxic> toxic(Spot spot) {
        int before = problems.size();
        if (!isObject(spot, TOXIC)) {
            return Optional.empty();
        }
        String type = required(spot, "type", "one of " + String.join(", ", ToxicAttributes.TYPES));
        String stream = checked(spot, "stream", "write \"upstream\" or \"downstream\"", body -> body.text("stream"))
                .orElse(Direction.DOWNSTREAM.word());
        Optional<Direction> direction = Direction.of(stream.toLowerCase(Locale.ROOT));
        if (direction.isEmpty()) {
            refuse(spot.at("stream"), "unknown stream '%s'".formatted(stream), "write upstream or downstream");
        }
        String name = checked(spot, "name", "write a string", body -> body.text("name"))
                .filter(n -> !n.isEmpty())
                .orElse(type + "_" + stream);
        Optional<Double> toxicity = checked(
                spot,
                "toxicity",
                "write 0.5 for half of the connections",
                body -> Optional.of(
                        NamedToxic.requireShare(body.number("toxicity").orElse(1.0))));
        Optional<Toxic> toxic = type.isEmpty() ? Optional.empty() : configured(spot, type);
        return problems.size() > before
                ? Optional.empty()
                : Optional.of(
                        new NamedToxic(name, direction.orElseThrow(), toxic.orElseThrow(), toxicity.orElseThrow()));
    }

    private Optional<Toxic> configured(Spot spot, String type) {
        Optional<Toxic> blank = ToxicAttributes.blank(type);
        if (blank.isEmpty()) {
            refuse(
                    spot.at("type"),
                    "unknown toxic '%s'".formatted(type),
                    "write one of " + String.join(", ", ToxicAttributes.TYPES));
            return Optional.empty();
        }
        Collection<String> known = ToxicAttributes.of(blank.get()).keySet();
        if (spot.has("attributes") && !isObject(spot.at("attributes"), known)) {
            return Optional.empty();
        }
        return checked(
                spot,
                "attributes",
                known.isEmpty() ? "leave it out" : "write whole numbers for " + String.join(", ", known),
                body -> Optional.of(ToxicAttributes.merge(blank.get(), body.object("attributes"))));
    }

    private String required(Spot spot, String key, String means) {
        int before = problems.size();
        String text = checked(spot, key, "write %s".formatted(means), body -> body.text(key))
                .orElse("");
        if (text.isEmpty() && problems.size() == before) {
            refuse(spot, "'%s' is missing".formatted(key), "add \"%s\": %s".formatted(key, means));
        }
        return text;
    }

    /// What is read from an object, unless the API would refuse it.
    private <T> Optional<T> checked(Spot spot, String key, String remedy, Function<Body, Optional<T>> read) {
        try {
            return read.apply(new Body(spot.json()));
        } catch (ApiError e) {
            refuse(spot.at(key), e.reason(), remedy);
        } catch (IllegalArgumentException e) {
            refuse(spot.at(key), e.getMessage(), remedy);
        }
        return Optional.empty();
    }

    private List<Spot> elements(Spot spot, String what) {
        if (!spot.json().isArray()) {
            refuse(spot, "%s where an array of %s is needed".formatted(spot.noun(), what), "write [ ... ]");
            return List.of();
        }
        List<Spot> elements = new ArrayList<>();
        for (JsonNode element : spot.json()) {
            elements.add(new Spot(element, spot.pointer().appendIndex(elements.size())));
        }
        return elements;
    }

    private boolean isObject(Spot spot, Collection<String> known) {
        if (!spot.json().isObject()) {
            refuse(spot, "%s where an object is needed".formatted(spot.noun()), "write { ... }");
            return false;
        }
        for (String key : spot.json().propertyNames()) {
            if (known.stream().noneMatch(key::equalsIgnoreCase)) {
                refuse(
                        places.keys().get(spot.pointer().appendProperty(key)),
                        "unknown key '%s'".formatted(key),
                        known.isEmpty() ? "remove it" : "known here: " + String.join(", ", known));
            }
        }
        return true;
    }

    private void refuse(Spot spot, String what, String remedy) {
        refuse(places.values().getOrDefault(spot.pointer(), START), what, remedy);
    }

    private void refuse(TokenStreamLocation place, String what, String remedy) {
        problems.add(new ProxyFileProblem(file, place.getLineNr(), place.getColumnNr(), what, remedy));
    }

    private static String last(JsonPointer pointer) {
        return pointer.last().getMatchingProperty();
    }

    /// A value in the file.
    private record Spot(JsonNode json, JsonPointer pointer) {

        boolean has(String key) {
            return json.propertyStream()
                    .anyMatch(property -> property.getKey().equalsIgnoreCase(key)
                            && !property.getValue().isNull());
        }

        /// The value of the key, else the object where it is missing.
        Spot at(String key) {
            return json.propertyStream()
                    .filter(property -> property.getKey().equalsIgnoreCase(key))
                    .findFirst()
                    .map(property -> new Spot(property.getValue(), pointer.appendProperty(property.getKey())))
                    .orElse(this);
        }

        String noun() {
            return Body.noun(json);
        }
    }
}
