package dev.changeover.toxics.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendChoiceTest {

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "binary", "container", "remote=http://127.0.0.1:8474"})
    void readsWhatItWrites(String text) {
        assertThat(BackendChoice.parse(text)).hasToString(text);
    }

    @Test
    void aServerOfThisMachineMayBeCalledLocalhostOrByItsNewAddress() {
        assertThat(BackendChoice.parse("remote=http://localhost:8474"))
                .isEqualTo(new BackendChoice.Remote(URI.create("http://localhost:8474")));
        assertThat(BackendChoice.parse("remote=http://[::1]:8474")).hasToString("remote=http://[::1]:8474");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Embedded", "docker", "remote", "remote:http://127.0.0.1:8474"})
    void sayWhatIsKnownOfAnythingElse(String text) {
        assertThatThrownBy(() -> BackendChoice.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("embedded, binary, container and remote=URL");
    }

    @ParameterizedTest
    @CsvSource({
        "remote=, must be http://HOST:PORT",
        "remote=https://127.0.0.1:8474, must be http://HOST:PORT",
        "remote=http://127.0.0.1, must be http://HOST:PORT",
        "remote=127.0.0.1:8474, no URL",
        "remote=http://127.0.0.1:8474/proxies, nothing more",
        "remote=http://me:secret@127.0.0.1:8474, nothing more",
        "remote=http://toxiproxy.example.com:8474, loopback only",
        "remote=http://127.0.0.1.example.com:8474, loopback only",
        "remote=http://10.0.0.7:8474, loopback only",
    })
    void aRemoteServerIsOneThatCanReachTheTaps(String text, String why) {
        assertThatThrownBy(() -> BackendChoice.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
