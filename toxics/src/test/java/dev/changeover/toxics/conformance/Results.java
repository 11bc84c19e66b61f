package dev.changeover.toxics.conformance;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.TestAbortedException;

/// Gathers how each test ended on each backend, for the table; stops the backends when all is over.
final class Results implements AfterEachCallback {

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
    }

    /// Tests by class, in the order they came.
    static final class Table implements AutoCloseable {

        final Map<String, Map<String, Row>> classes = new LinkedHashMap<>();

        private void add(String test, String method, Backend backend, Result result, Set<Difference> shown) {
            Row row = classes.computeIfAbsent(test, _ -> new LinkedHashMap<>()).computeIfAbsent(method, _ -> new Row());
            row.results.merge(backend, result, (a, b) -> a.compareTo(b) > 0 ? a : b);
            row.differences.addAll(shown);
        }

        @Override
        public void close() {
            for (Backend backend : Backend.values()) {
                backend.stop();
            }
            ResultPage.write(this);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Table table = context.getRoot()
                .getStore(Namespace.create(Results.class))
                .computeIfAbsent(Table.class, _ -> new Table(), Table.class);
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
