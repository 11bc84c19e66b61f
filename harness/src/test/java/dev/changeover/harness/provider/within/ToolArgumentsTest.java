package dev.changeover.harness.provider.within;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToolArgumentsTest {

    @Test
    void argumentsAreHalvedWhereverTheyAre() {
        assertThat(begun("{\"choices\":[{\"message\":{\"tool_calls\":[{\"function\":{\"arguments\":\"abcd\"}}]}}]}"))
                .endsWith("\"arguments\":\"ab");
        assertThat(begun("data: { \"x\" : \"é\", \"tool_calls\" : [ {\"arguments\" : \"abcdef\"} ] }\n\n"))
                .endsWith("\"arguments\" : \"abc");
    }

    @Test
    void argumentsOfNoToolCallAreNone() {
        assertThat(begun("{\"arguments\":\"abcd\",\"tool_calls\":[{\"arguments\":\"\"}],\"z\":{\"arguments\":\"ab\"}}"))
                .isEqualTo("nothing");
        assertThat(begun("{\"content\":\"tool_calls arguments\"}")).isEqualTo("nothing");
        assertThat(begun("data: [DONE]\n\n")).isEqualTo("nothing");
        assertThat(begun("{\"tool_calls\":[{\"arguments\":")).isEqualTo("nothing");
    }

    private static String begun(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        var middle = ToolArguments.middle(bytes);
        return middle.isPresent() ? new String(bytes, 0, middle.getAsInt(), UTF_8) : "nothing";
    }
}
