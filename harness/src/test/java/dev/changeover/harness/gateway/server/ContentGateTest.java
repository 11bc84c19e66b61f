package dev.changeover.harness.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.wire.ErrorKind;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class ContentGateTest {

    private static final String FILTERED =
            "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"content_filter\"}]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private final ContentGate gate = new ContentGate(200, "text/event-stream");

    @Test
    void anAnswerThatAFilterEndsInsideIsPassedOnWithItsOwnEnding() {
        gate.take(Buffer.buffer("data: {\"choices\":[{\"delta\":{\"content\":\"Half an\"}}]}\n\n"));
        gate.take(Buffer.buffer(FILTERED + DONE));
        assertThat(gate.finish(true)).isEmpty();
        assertThat(gate.held()).hasToString(FILTERED + DONE);
    }

    @Test
    void oneOfWhichNothingCameIsAnErrorThatCanStillBeTold() {
        gate.take(Buffer.buffer(FILTERED + DONE));
        assertThat(gate.open()).isFalse();
        assertThat(gate.finish(true)).contains(ErrorKind.CONTENT_FILTER);
    }
}
