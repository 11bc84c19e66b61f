package dev.changeover.toxics.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.server.TestUpstream;
import org.junit.jupiter.api.Test;

class PipesTest extends OverEveryBackend {

    @Test
    void aHalfClosedConnectionStillAnswers() throws Exception {
        TestUpstream upstream = upstreamThat(c -> {
            int heard = c.getInputStream().readAllBytes().length;
            c.getOutputStream().write(("heard " + heard).getBytes());
        });
        var client = connect(proxyTo(upstream));
        client.say("question");
        client.socket().shutdownOutput();

        assertThat(client.hear(100)).isEqualTo(differs(Difference.HALF_CLOSE_IS_KEPT, "", "heard 8"));
    }
}
