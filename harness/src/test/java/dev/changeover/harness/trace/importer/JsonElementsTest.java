package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.Written;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonElementsTest {

    private static final List<String> PATHS = List.of("deep.er[].items[]", "items[]");

    @TempDir
    private Path folder;

    private final LeftOut leftOut = LeftOut.counting();

    @Test
    void elementsLieAtAnyOfThePathsAndADocumentWithoutOnesIsOneItself() {
        assertThat(read("""
            {"a":1,"items":[{"n":1},{"n":2}],"z":[[]]}
            {"deep":{"x":{"items":[9]},"er":[{"items":[3]},{"items":[]},{"y":[7],"items":[4,5]}]}}
            {"items":[]}
            {"n":6,"items":null}
            """)).containsExactly("1 {'n':1}", "1 {'n':2}", "2 3", "2 4", "2 5", "4 {'n':6,'items':null}");
        assertThat(leftOut.rows()).isZero();
    }

    @Test
    void documentsMayBeMembersOfAList() {
        assertThat(read("""
            [
              {"n":1},
              {"items":[{"n":2},
                {"n":3}]}, 4
            ]
            """)).containsExactly("2 {'n':1}", "3 {'n':2}", "4 {'n':3}");
        assertThat(leftOut.text()).isEqualTo("1 row, no JSON object (" + folder.resolve("trace") + ":4)");
    }

    @Test
    void whatADocumentSaidOfItselfBeforeItsElementsIsKnownAtThem() {
        Path file = Written.text(folder, "{'who':'me','items':[1],'late':2}".replace('\'', '"'));
        try (JsonElements elements = new JsonElements(new TraceFile(file), PATHS, leftOut)) {
            assertThat(elements.next()).isTrue();
            assertThat(elements.around()).hasToString("{\"who\":\"me\"}");
        }
    }

    @Test
    void aLineThatIsNoJsonIsLeftOutAndTheNextOneRead() {
        assertThat(read("""
            {"n":1}
            {"n":
            {"items":[{"n":2},{"n"
            oh
            [[[
            {"n":3}{"n":4}
            {"n":"\u0000"}
            {"n":5}\
            """)).containsExactly("1 {'n':1}", "3 {'n':2}", "6 {'n':3}", "6 {'n':4}", "8 {'n':5}");
        assertThat(leftOut.text())
                .contains("the rest of a line that is no JSON")
                .contains(":2)");
    }

    @Test
    void aDocumentOfSeveralLinesThatBreaksOffIsRefusedWhereItDoes() {
        assertThatThrownBy(() -> read("{\"items\": [\n{\"n\":1},\n{\"n\":"))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining(":3: the JSON breaks off");
        assertThatThrownBy(() -> read("[\n{\"n\":1},\n"))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("the JSON breaks off");
        assertThatThrownBy(() -> read("{\n\"items\": [1,\n}\n]\n}\n"))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining(":3: is no JSON from here on");
    }

    private List<String> read(String text) {
        List<String> found = new ArrayList<>();
        Path file = Written.text(folder, text);
        try (JsonElements elements = new JsonElements(new TraceFile(file), PATHS, leftOut)) {
            while (elements.next()) {
                String place = elements.problem("", "").place();
                found.add(place.substring(place.lastIndexOf(':') + 1) + " "
                        + elements.element().toString().replace('"', '\''));
            }
        }
        return found;
    }
}
