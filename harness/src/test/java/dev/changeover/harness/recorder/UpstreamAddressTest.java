package dev.changeover.harness.recorder;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class UpstreamAddressTest {

    @Test
    void aPortThatIsNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UpstreamAddress.parse("http://127.0.0.1:99999/v1"))
                .withMessageContaining("above 65535");
    }
}
