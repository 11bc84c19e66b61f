package dev.changeover.harness.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.units.Arm;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @Test
    void itsTextHasTheAddressButNotTheKey() {
        assertThat(target("/v1", "sk-secret")).hasToString("http://127.0.0.1:8080/v1");
        assertThat(new Target(Optional.of(Arm.OLD), "127.0.0.1", 8080, model -> model))
                .hasToString("old at http://127.0.0.1:8080/v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-sec\r\nX-Evil: 1", "", "two words", "schl\u00fcssel"})
    void aKeyThatIsNoHeaderIsRefusedWithoutSayingIt(String key) {
        assertThatThrownBy(() -> target("/v1", key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the gateway's key must be visible ASCII without spaces; it is not shown here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "/v1/", "/", "/a b", "/v1\r\nX-Evil: 1"})
    void aBaseThatIsNoPathIsRefused(String base) {
        assertThatThrownBy(() -> target(base, "sk-secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + base + "'")
                .hasMessageNotContaining("sk-secret");
    }

    @Test
    void aBaseMayBeEmpty() {
        assertThat(target("", "sk-secret").base()).isEmpty();
    }

    private static Target target(String base, String key) {
        return new Target(Optional.empty(), "127.0.0.1", 8080, base, Optional.of(key), model -> model);
    }
}
