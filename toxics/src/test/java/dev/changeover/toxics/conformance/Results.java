package dev.changeover.toxics.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.TestAbortedException;

/// Gathers how each test ended on each backend; when all is over, stops the backends and writes the page.
final class Results implements AfterEachCallback {

    private static final Path PAGE = Path.of("target", "toxiproxy-conformance.md");
    private static final Path PAGE_IN_DOCS = Path.of("..", "docs", "toxiproxy-conformance.md");
    private static final String ALSO_IN_DOCS = "changeover.conformance.docs";

    /// From good to bad.
    enum Result {
        SAME,
        AS_LISTED,
        SKIPPED,
        FAILED
    }

    /// One test, on every backend.
    record Row(Map<Backend, Result> results, Set<Difference> differences) {
        Row() {
            this(new EnumMap<>(Backend.class), EnumSet.noneOf(Difference.class));
        }

        Result on(Backend backend) {
            return results.getOrDefault(backend, Result.SKIPPED);
        }
    }

    /// Tests by class and name.
    record Table(SortedMap<String, SortedMap<String, Row>> classes) implements AutoCloseable {

        private void add(String testClass, String test, Backend backend, Result result, Set<Difference> shown) {
            Row row = classes.computeIfAbsent(testClass, _ -> new TreeMap<>()).computeIfAbsent(test, _ -> new Row());
            row.results.merge(backend, result, (a, b) -> a.compareTo(b) > 0 ? a : b);
            row.differences.addAll(shown);
        }

        @Override
        public void close() throws IOException {
            for (Backend backend : Backend.values()) {
                backend.stop();
            }
            String page = new ResultPage(this).text();
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
            if (Boolean.getBoolean(ALSO_IN_DOCS)) {
                Files.writeString(PAGE_IN_DOCS, page);
            }
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Table table = context.getRoot()
                .getStore(Namespace.create(Results.class))
                .computeIfAbsent(Table.class, _ -> new Table(new TreeMap<>()), Table.class);
        OverEveryBackend test = (OverEveryBackend) context.getRequiredTestInstance();
        table.add(
                context.getRequiredTestClass().getSimpleName(),
                context.getRequiredTestMethod().getName(),
                test.backend,
                result(context, test),
                test.shown());
    }

    private static Result result(ExtensionContext context, OverEveryBackend test) {
        return context.getExecutionException()
                .map(thrown -> thrown instanceof TestAbortedException ? Result.SKIPPED : Result.FAILED)
                .orElse(test.shown().isEmpty() ? Result.SAME : Result.AS_LISTED);
    }
}
