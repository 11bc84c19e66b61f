package dev.changeover.harness.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationHeaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        c1                 | c1
        user.7_a-b~        | user.7_a-b~
        a b                | a%20b
        100%               | 100%25
        a/b,c;d="e"        | a%2Fb%2Cc%3Bd%3D%22e%22
        Gr\u00fc\u00dfe              | Gr%C3%BC%C3%9Fe
        """)
    void whatIsNoTokenCharacterIsPercentEncoded(String conversation, String value) {
        assertThat(ConversationHeader.encode(conversation)).isEqualTo(value);
    }

    @Test
    void noTextCanAddAHeader() {
        assertThat(ConversationHeader.encode("a\r\nX-Evil: 1\u0000")).isEqualTo("a%0D%0AX-Evil%3A%201%00");
    }

    @Test
    void aLongOneTravelsAsItsDigest() {
        String justFits = "x".repeat(ConversationHeader.LONGEST);
        assertThat(ConversationHeader.encode(justFits)).isEqualTo(justFits);
        assertThat(ConversationHeader.encode(justFits + "y")).matches("sha256-[0-9a-f]{64}");
        assertThat(ConversationHeader.encode(justFits + "z")).isNotEqualTo(ConversationHeader.encode(justFits + "y"));
    }
}
