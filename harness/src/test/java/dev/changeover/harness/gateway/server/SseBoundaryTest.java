package dev.changeover.harness.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SseBoundaryTest {

    @Test
    void findsTheLastBlankLineWhateverEndsALine() {
        assertThat(whole("data: a\n\n")).isEqualTo("data: a\n\n");
        assertThat(whole("data: a\r\n\r\n")).isEqualTo("data: a\r\n\r\n");
        assertThat(whole("data: a\r\rdata")).isEqualTo("data: a\r\r");
        assertThat(whole("data: a\n\ndata: b\n\ndata: c\n")).isEqualTo("data: a\n\ndata: b\n\n");
    }

    @Test
    void aLineBreakOfTwoBytesIsNoBlankLine() {
        assertThat(whole("data: a\r\n")).isEmpty();
        assertThat(whole("data: a\n")).isEmpty();
        assertThat(whole("data: a")).isEmpty();
        assertThat(whole("")).isEmpty();
    }

    private static String whole(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return text.substring(0, SseBoundary.endOfLastEvent(bytes));
    }
}
