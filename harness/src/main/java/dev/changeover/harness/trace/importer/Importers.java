package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import java.util.List;
import java.util.stream.Collectors;

/// Every format of recorded traffic that can be read.
public final class Importers {

    public static final List<Importer> ALL = List.of(
            new CanonicalImporter(),
            new AzureLlm2023Importer(),
            new BurstGptImporter(),
            new MooncakeImporter(),
            new HarImporter(),
            new VcrImporter(),
            new ReqLlmImporter(),
            new InteractionLogImporter(),
            new OpenAiBatchImporter(),
            new LangfuseImporter(),
            new LiteLlmSpendImporter(),
            new OtlpImporter(),
            new WireMockImporter());

    private Importers() {}

    /// The importer of that name, for that file.
    ///
    /// @throws TraceException listing the formats when there is none
    public static Importer named(String name, TraceFile file) {
        return ALL.stream()
                .filter(i -> i.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new TraceException(
                        file.path(), 0, "'%s' is not a known format".formatted(name), "use one of:" + list()));
    }

    /// The importer that a file's first bytes ask for.
    ///
    /// @throws TraceException listing the formats when none fits, and when the file is missing or empty
    public static Importer guess(TraceFile file) {
        String start = file.start();
        return ALL.stream()
                .filter(i -> i.fits(start))
                .findFirst()
                .orElseThrow(() ->
                        new TraceException(file.path(), 0, "is in no known format", "bring it into one of:" + list()));
    }

    private static String list() {
        return ALL.stream()
                .map(i -> "%n    %s: %s".formatted(i.name(), i.about()))
                .collect(Collectors.joining());
    }
}
