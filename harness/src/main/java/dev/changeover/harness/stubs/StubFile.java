package dev.changeover.harness.stubs;

import com.github.tomakehurst.wiremock.common.ClientError;
import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.stubbing.StubMappingCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// One file of stubs: a mapping, or several as `{"mappings": [...]}`, read as WireMock reads them.
final class StubFile {

    private static final JsonFactory JSON = new JsonFactory();
    private static final long MOST_BYTES = 16L << 20;

    private final Path file;
    private final Path bodies;
    private final List<StubMapping> stubs = new ArrayList<>();
    private final List<StubProblem> problems = new ArrayList<>();
    private String text = "";

    record Read(List<StubMapping> stubs, List<StubProblem> problems) {}

    private StubFile(Path file, Path bodies) {
        this.file = file;
        this.bodies = bodies;
    }

    /// @param bodies the folder with the files that stubs may answer with
    static Read read(Path file, Path bodies) {
        StubFile read = new StubFile(file, bodies);
        read.read();
        return new Read(read.stubs, read.problems);
    }

    private void read() {
        try {
            if (Files.size(file) > MOST_BYTES) {
                problem(0, "larger than %d MiB".formatted(MOST_BYTES >> 20), "is this a mapping?");
                return;
            }
            text = Files.readString(file);
        } catch (IOException _) {
            problem(0, "cannot be read as UTF-8 text", "let it be read, or save it as UTF-8");
            return;
        }
        if (isJson()) {
            readMappings();
        }
    }

    private boolean isJson() {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            while (json.nextToken() != null) {
                // WireMock says no lines
            }
            return true;
        } catch (JacksonException e) {
            problem(
                    e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                    "is not JSON from here on",
                    "correct it; WireMock's stubs are JSON");
            return false;
        }
    }

    private void readMappings() {
        try {
            for (StubMapping stub : Json.read(text, StubMappingCollection.class).getMappingOrMappings()) {
                stub.setDirty(false);
                check(stub);
                stubs.add(stub);
            }
        } catch (ClientError refused) {
            String pointer = pointer(refused);
            problem(
                    pointer.isEmpty() ? 0 : lineOf(pointer),
                    "WireMock takes no such mapping" + (pointer.isEmpty() ? "" : ": see " + pointer),
                    "write it as WireMock's documentation of stub mappings has it");
        } catch (RuntimeException refused) {
            problem(
                    0,
                    "WireMock takes no such mapping (%s)"
                            .formatted(refused.getClass().getSimpleName()),
                    "write it as WireMock's documentation of stub mappings has it");
        }
    }

    private void check(StubMapping stub) {
        if (stub.getResponse().isProxyResponse()) {
            problem(
                    lineOf("proxyBaseUrl"),
                    "a stub that passes requests on is none",
                    "name the provider behind it by base_url");
        }
        String body = stub.getResponse().getBodyFileName();
        if (body != null && !body.contains("{{") && !Files.isRegularFile(bodies.resolve(body))) {
            problem(lineOf("bodyFileName"), "the body file %s is not in %s".formatted(body, bodies), "put it there");
        }
    }

    private static String pointer(ClientError refused) {
        return Optional.ofNullable(refused.getErrors().first().getSource())
                .map(source -> source.getPointer())
                .filter(pointer -> pointer.length() > 1)
                .orElse("");
    }

    /// The line of what a pointer, or a key alone, names; 0 where there is none.
    private int lineOf(String pointer) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            while (json.nextToken() != null) {
                String here = json.streamReadContext().pathAsPointer().toString();
                if (here.equals(pointer) || here.endsWith("/" + pointer)) {
                    return json.currentTokenLocation().getLineNr();
                }
            }
        }
        return 0;
    }

    private void problem(int line, String what, String remedy) {
        problems.add(new StubProblem(file, line, what, remedy));
    }
}
