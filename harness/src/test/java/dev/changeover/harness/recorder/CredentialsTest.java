package dev.changeover.harness.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    @Test
    void eachCookieIsOneOfItsOwn() {
        assertThat(Credentials.of(headers("Cookie", "theme=dark; id=of-somebody"), ""))
                .contains("theme=dark; id=of-somebody", "dark", "of-somebody");
    }

    @Test
    void aSchemeIsNoPartOfAKey() {
        assertThat(Credentials.of(headers("Authorization", "Bearer of-somebody"), ""))
                .contains("of-somebody");
    }

    @Test
    void headersOfGatewaysThatAreNamedLikeKeysHoldThem() {
        assertThat(Credentials.of(headers("x-litellm-api-key", "of-somebody"), ""))
                .contains("of-somebody");
        assertThat(Credentials.of(headers("x-custom-token", "of-somebody"), "")).contains("of-somebody");
        assertThat(Credentials.of(headers("content-type", "application/json"), ""))
                .doesNotContain("application/json");
    }

    private static MultiMap headers(String name, String value) {
        return MultiMap.caseInsensitiveMultiMap().add(name, value);
    }
}
