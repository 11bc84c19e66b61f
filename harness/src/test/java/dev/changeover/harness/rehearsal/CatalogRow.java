package dev.changeover.harness.rehearsal;

import dev.changeover.harness.rehearsal.Caller.Ask;
import dev.changeover.toxics.catalog.Catalog;
import dev.changeover.toxics.catalog.FaultEffect;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// What clients see of one fault, in the words of [Seen#inWords].
///
/// @param fresh on connections made while it is in force
/// @param kept on connections that were there and used before, where that is something else
/// @param goesOn what became of calls that were met with silence, once it is gone
/// @param notBefore the earliest that the last byte may come
record CatalogRow(
        String fault,
        Map<String, String> parameters,
        Map<Ask, String> fresh,
        Map<Ask, String> kept,
        Optional<String> goesOn,
        Function<Seen, Duration> notBefore) {

    static final String SERVED = "200 served";

    /// Of a fault that nobody notices, to begin with.
    ///
    /// @param parameters `name=value`
    static CatalogRow of(String fault, String... parameters) {
        Map<String, String> given = new TreeMap<>();
        Arrays.stream(parameters).map(text -> text.split("=", 2)).forEach(pair -> given.put(pair[0], pair[1]));
        return new CatalogRow(fault, given, Map.of(), Map.of(), Optional.empty(), _ -> Duration.ZERO);
    }

    CatalogRow every(String words) {
        return streamed(words).whole(words).models(words);
    }

    /// Streamed or whole, but not the list of models.
    CatalogRow completions(String words) {
        return streamed(words).whole(words);
    }

    /// With or without a tool to call.
    CatalogRow streamed(String words) {
        return with(with(fresh, Ask.STREAM, words), kept).tool(words);
    }

    CatalogRow whole(String words) {
        return with(with(fresh, Ask.WHOLE, words), kept);
    }

    CatalogRow models(String words) {
        return with(with(fresh, Ask.MODELS, words), kept);
    }

    CatalogRow tool(String words) {
        return with(with(fresh, Ask.TOOL, words), kept);
    }

    CatalogRow onKept(String words) {
        Map<Ask, String> all = kept;
        for (Ask ask : Ask.values()) {
            all = with(all, ask, words);
        }
        return with(fresh, all);
    }

    CatalogRow onceGone(String words) {
        return new CatalogRow(fault, parameters, fresh, kept, Optional.of(words), notBefore);
    }

    CatalogRow notBefore(long millis) {
        return notBefore(_ -> Duration.ofMillis(millis));
    }

    CatalogRow notBefore(Function<Seen, Duration> earliest) {
        return new CatalogRow(fault, parameters, fresh, kept, goesOn, earliest);
    }

    String onFresh(Ask ask) {
        return fresh.getOrDefault(ask, SERVED);
    }

    String onKept(Ask ask) {
        return kept.getOrDefault(ask, onFresh(ask));
    }

    FaultEffect effect() {
        return effect(Map.of());
    }

    /// @param more parameters
    FaultEffect effect(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(parameters);
        all.putAll(more);
        return Catalog.find(fault).orElseThrow().effectOf(all);
    }

    private CatalogRow with(Map<Ask, String> onFresh, Map<Ask, String> onKept) {
        return new CatalogRow(fault, parameters, onFresh, onKept, goesOn, notBefore);
    }

    private static Map<Ask, String> with(Map<Ask, String> words, Ask ask, String said) {
        Map<Ask, String> more = new EnumMap<>(Ask.class);
        more.putAll(words);
        more.put(ask, said);
        return more;
    }

    @Override
    public String toString() {
        return fault + (parameters.isEmpty() ? "" : " " + parameters);
    }
}
