package dev.changeover.toxics.catalog;

import static dev.changeover.toxics.catalog.CatalogFault.Plain.COUNT;
import static dev.changeover.toxics.catalog.CatalogFault.Plain.SHARE;
import static dev.changeover.toxics.catalog.CatalogFault.Plain.TEXT;
import static dev.changeover.toxics.catalog.CatalogFault.Plain.TRUTH;

import dev.changeover.toxics.catalog.CatalogFault.Parameter;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.Selection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Faults that strike calls: beside its own parameters, each has those that choose the calls.
final class OnCalls {

    private static final Set<String> CHOICES =
            choosing("100%").map(Parameter::name).collect(Collectors.toUnmodifiableSet());

    private OnCalls() {}

    /// A fault that strikes every call unless told otherwise.
    static CatalogFault fault(
            String name, String does, String seen, List<Parameter> own, Function<Arguments, HttpFault> made) {
        return fault(name, does, seen, own, "100%", made);
    }

    /// @param share of the requests, as written, unless told otherwise
    static CatalogFault fault(
            String name,
            String does,
            String seen,
            List<Parameter> own,
            String share,
            Function<Arguments, HttpFault> made) {
        return new CatalogFault(
                name,
                does,
                seen,
                Stream.concat(own.stream(), choosing(share)).toList(),
                a -> FaultEffect.ofHttp(made.apply(a), selection(a)));
    }

    private static Stream<Parameter> choosing(String share) {
        return Stream.of(
                Parameter.given("share", SHARE, share, "share of the requests that it strikes"),
                Parameter.given("every", COUNT, "1", "strikes one request in so many"),
                Parameter.maybe("first", COUNT, "strikes so many calls, then no more"),
                Parameter.maybe("model", TEXT, "strikes only requests for this model"),
                Parameter.given("streams", TRUTH, "false", "true: strikes only requests for a stream"));
    }

    /// Whether the parameter is one that chooses the calls.
    static boolean chooses(Parameter parameter) {
        return CHOICES.contains(parameter.name());
    }

    private static Selection selection(Arguments a) {
        return new Selection(
                a.share("share"),
                a.notNegative("every"),
                a.has("model") ? Optional.of(a.text("model")) : Optional.empty(),
                a.truth("streams"),
                a.has("first") ? OptionalLong.of(a.notNegative("first")) : OptionalLong.empty());
    }
}
