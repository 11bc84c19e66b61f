package dev.changeover.harness.stubs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StubFolderTest {

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void name() {
        folder = parent.resolve("stubs");
    }

    @Test
    void mappingsMayLieInTheFolderItselfOrInMappings() {
        Stubs.write(folder, "m", "{\"status\":200,\"bodyFileName\":\"answer.json\"}");
        Stubs.write(folder.resolve("__files/answer.json"), Stubs.SERVED);
        assertThat(StubFolder.problems(folder)).isEmpty();
        assertThat(StubFolder.problems(folder.resolve("mappings"))).isEmpty();
        assertThat(StubFolder.read(folder.resolve("mappings")).root().resolve("__files"))
                .isEqualTo(folder.resolve("__files"));
    }

    @Test
    void severalInOneFile() {
        Stubs.write(folder.resolve("all.json"), """
            {"mappings":[
              {"request":{"method":"GET","url":"/health"},"response":{"status":200}},
              {"request":{"method":"ANY"},"response":{"status":429}}]}
            """);
        assertThat(StubFolder.read(folder).stubs()).hasSize(2);
        assertThat(StubFolder.problems(folder)).isEmpty();
    }

    @Test
    void aFolderWithNothingToServe() {
        assertThat(told()).containsExactly("stubs:0 the folder of stubs %s is not there".formatted(folder));
        Stubs.write(folder.resolve("__files/a.json"), "{}");
        assertThat(told()).containsExactly("stubs:0 the folder of stubs %s holds no .json file".formatted(folder));
        Stubs.write(folder.resolve("a.json"), "{\"request\":{\"url\":\"/other\"},\"response\":{}}");
        assertThat(told()).containsExactly("stubs:0 no stub in %s answers POST /v1/chat/completions".formatted(folder));
        Path file = Stubs.write(parent.resolve("file"), "");
        assertThat(StubFolder.problems(file))
                .extracting(StubProblem::what)
                .containsExactly("the folder of stubs %s is not a folder".formatted(file));
    }

    @Test
    void allThatIsWrongIsToldAtOnceWithItsLine() {
        Stubs.write(folder.resolve("1.json"), "{\n\"request\": {,\n}");
        Stubs.write(folder.resolve("2.json"), "{\n\"request\": {},\n\"respond\": {}}");
        Stubs.write(folder.resolve("3.json"), "{\"request\":{},\n\"response\":{\n\"bodyFileName\":\"none.json\"}}");
        Stubs.write(folder.resolve("4.json"), "{\"request\":{},\n\"response\":{\"proxyBaseUrl\":\"https://h\"}}");
        Stubs.write(folder.resolve("5.json"), "{\"request\":{},\"response\":{\"fault\":\"EARTHQUAKE\"}}");
        Stubs.write(folder.resolve("6.json"), "[]");
        Stubs.write(folder.resolve("7.json"), "{\"request\":{\"urlPathPattern\":\"(\"},\"response\":{}}");
        Stubs.write(folder.resolve("8.json"), "");
        assertThat(told())
                .containsExactly(
                        "1.json:2 is not JSON from here on",
                        "2.json:3 WireMock takes no such mapping: see /respond",
                        "3.json:3 the body file none.json is not in %s".formatted(folder.resolve("__files")),
                        "4.json:2 a stub that passes requests on is none",
                        "5.json:1 WireMock takes no such mapping: see /response/fault",
                        "6.json:0 WireMock takes no such mapping",
                        "7.json:1 WireMock takes no such mapping: see /request",
                        "8.json:0 WireMock takes no such mapping");
    }

    private List<String> told() {
        return StubFolder.problems(folder).stream()
                .map(problem -> "%s:%d %s".formatted(problem.place().getFileName(), problem.line(), problem.what()))
                .toList();
    }
}
