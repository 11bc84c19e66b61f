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

    private static final JsonLayout LAYOUT = JsonLayout.at("deep.er[].items[]", "items[]");

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
        try (JsonElements elements = new JsonElements(new TraceFile(file), LAYOUT, leftOut)) {
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
                .hasMessageContaining(":3: after entry 1: the JSON breaks off");
        assertThatThrownBy(() -> read("[\n{\"n\":1},\n"))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining(":2: after entry 1: the JSON breaks off");
        assertThatThrownBy(() -> read("{\n\"items\": [1,\n}\n]\n}\n"))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining(":3: after entry 1: is no JSON from here on");
    }

    @Test
    void anElementOfADocumentIsNamedByItsNumber() {
        Path file = Written.text(folder, "{'items':[1,2]}\n{'items':[3]}\n{'n':4}\n".replace('\'', '"'));
        List<String> found = new ArrayList<>();
        try (JsonElements elements = new JsonElements(new TraceFile(file), LAYOUT, leftOut)) {
            while (elements.next()) {
                found.add(elements.problem("odd", "").what());
            }
        }
        assertThat(found).containsExactly("entry 1: odd", "entry 2: odd", "entry 1: odd", "odd");
    }

    @Test
    void whatIsNotWantedIsPassedOverHoweverLarge() {
        JsonLayout some = LAYOUT.wanting((object, key) -> !key.equals("x") && !object.has("last"));
        String large = "\"x\":\"" + "a".repeat(17 << 20) + "\"";
        assertThat(read(
                        some,
                        "{%1$s,'items':[{'n':1,%1$s},{'last':2,'n':2},{'n':[{%1$s}]}],%1$s}\n{'n':3,%1$s}"
                                .formatted(large)
                                .replace('\'', '"')))
                .containsExactly("1 {'n':1}", "1 {'last':2}", "1 {'n':[{}]}", "2 {'n':3}");
        assertThat(leftOut.rows()).isZero();
    }

    @Test
    void whatIsWantedIsRefusedWhereItIsTooLarge() {
        String part = "\"" + "a".repeat(6 << 20) + "\"";
        String parts = String.join(",", part, part, part);
        assertThatThrownBy(() -> read("{\"items\":[1,\n[" + parts + "\n]]}"))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining(":2: after entry 1: what begins here is longer than 16 MiB");
        assertThatThrownBy(() -> read("{\"n\":1}\n{\"a\":" + part + ",\"b\":" + part + ",\"c\":" + part + "}"))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining(":2: what begins here is longer than 16 MiB");
        assertThatThrownBy(() -> read("{\"a\":[" + "1,".repeat(150_000) + "1],\"b\":[" + "1,".repeat(60_000) + "1]}"))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("what begins here has more than 200,000 values");
    }

    @Test
    void aDocumentWithoutTheOnlyListThatIsReadIsNone() {
        assertThat(read(JsonLayout.onlyAt("log.entries[]"), "{\"log\":{\"entries\":[1]}}\n{\"log\":{\"n\":[2]}}\n"))
                .containsExactly("1 1");
        assertThat(leftOut.text()).isEqualTo("1 row, no list log.entries (" + folder.resolve("trace") + ":2)");
    }

    private List<String> read(String text) {
        return read(LAYOUT, text);
    }

    private List<String> read(JsonLayout layout, String text) {
        List<String> found = new ArrayList<>();
        Path file = Written.text(folder, text);
        try (JsonElements elements = new JsonElements(new TraceFile(file), layout, leftOut)) {
            while (elements.next()) {
                String place = elements.problem("", "").place();
                found.add(place.substring(place.lastIndexOf(':') + 1) + " "
                        + elements.element().toString().replace('"', '\''));
            }
        }
        return found;
    }
}
