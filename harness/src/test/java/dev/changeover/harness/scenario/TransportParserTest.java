package dev.changeover.harness.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.transport.Certificates;
import dev.changeover.harness.units.Arm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransportParserTest {

    private static final String BY_TLS = """
        scenario: by-tls
        traffic:
          trace: a.csv
          client: { http: 2, gzip: true, keep_alive: 30s, trust: { file: gateway.pem } }
        providers:
          old: { simulate: {}, listen: 18001 }
          new:
            base_url: "https://api.example.com/v1"
            listen: 18002
            connection:
              trust: { file: trust.p12, password: "${STORE_PASSWORD}" }
              proxy: { address: "http://proxy.example.com:3128", credentials: "${PROXY}" }
        gateway: { url: { base_url: "https://gateway.example.com/v1" } }
        expect: { lost: { max: 0 } }
        """;

    @Test
    void connectionsAreAsTheyAreWritten() throws ScenarioException {
        Scenario scenario = Examples.parse(BY_TLS).scenario();

        assertThat(scenario.traffic().client())
                .isEqualTo(new Transport(
                        Transport.Http.TWO,
                        Optional.of(new Transport.Trust(Examples.FOLDER.resolve("gateway.pem"), Optional.empty())),
                        Optional.empty(),
                        true,
                        new Transport.KeepAlive.Idle(Duration.ofSeconds(30))));
        assertThat(real(scenario).connection())
                .isEqualTo(new Transport(
                        Transport.Http.ONE,
                        Optional.of(new Transport.Trust(
                                Examples.FOLDER.resolve("trust.p12"), Optional.of("STORE_PASSWORD"))),
                        Optional.of(
                                new Transport.Proxy(URI.create("http://proxy.example.com:3128"), Optional.of("PROXY"))),
                        false,
                        new Transport.KeepAlive.Idle(Duration.ofSeconds(15))));
    }

    @Test
    void withoutAWordTheyArePlain() throws ScenarioException {
        assertThat(Examples.parse(Examples.FAILOVER).scenario().traffic().client())
                .isEqualTo(Transport.CALLER);
        assertThat(real(Examples.parse(Examples.FAILOVER).scenario()).connection())
                .isEqualTo(Transport.PROVIDER);
    }

    @Test
    void whatHasNoUseIsRefused() {
        assertThat(Examples.problems(BY_TLS, "gateway={reference: {route: [old]}}"))
                .containsExactly(
                        "test.yaml:4:19 our own gateway speaks HTTP/1.1 alone",
                        "test.yaml:4:28 gzip has no use here: nothing between callers and providers compresses answers",
                        "test.yaml:4:58 trust has no use here: callers reach this testbed by plain connections on this"
                                + " machine");
        assertThat(Examples.problems(BY_TLS, "gateway.url.base_url=http://127.0.0.1:4000/v1"))
                .singleElement()
                .asString()
                .endsWith("trust has no use for a plain connection");
        assertThat(Examples.problems(BY_TLS, "providers.old.connection={http: 2}"))
                .containsExactly("--set providers.old.connection:0:0 connection has no use beside simulate");
        assertThat(Examples.problems(BY_TLS, "providers.new.base_url=http://api.example.com/v1"))
                .hasSize(2);
    }

    @Test
    void valuesThatCannotBeAreRefused() {
        assertThat(Examples.problems(BY_TLS, "traffic.client={http: 3}"))
                .containsExactly("--set traffic.client:0:0 '3' is no version of HTTP that we speak");
        assertThat(Examples.problems(BY_TLS, "traffic.client={http: 2, keep_alive: none}"))
                .containsExactly("--set traffic.client:0:0 keep_alive: none is for HTTP/1.1; over HTTP/2 requests"
                        + " share connections");
        assertThat(Examples.problems(BY_TLS, "traffic.client={keep_alive: 0s}"))
                .singleElement()
                .asString()
                .contains("keep_alive must be > 0");
        assertThat(Examples.problems(BY_TLS, "providers.new.connection={keep_alive: 1500ms}"))
                .singleElement()
                .asString()
                .contains("whole seconds");
        assertThat(Examples.problems(BY_TLS, "traffic.client.proxy={address: \"https://proxy:1\"}"))
                .singleElement()
                .asString()
                .contains("address of a proxy must be like http://proxy.example.com:3128");
        assertThat(Examples.problems(BY_TLS, "traffic.client.proxy={address: \"http://joe:secret@proxy:1\"}"))
                .singleElement()
                .asString()
                .doesNotContain("secret");
        assertThat(Examples.problems(BY_TLS, "traffic.client.proxy={address: \"http://p:1\", credentials: joe:word}"))
                .singleElement()
                .asString()
                .contains("a secret must not stand in a scenario")
                .doesNotContain("word");
    }

    @Test
    void storesAndSecretsAreLookedAtBeforeTheRun(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a.csv"), "x");
        assertThat(problems(folder, Map.of("PROXY", "nobody")))
                .containsExactly(
                        "test.yaml:4:66 the trust store %s is not there".formatted(folder.resolve("gateway.pem")),
                        "test.yaml:11:22 the trust store %s is not there".formatted(folder.resolve("trust.p12")),
                        "test.yaml:11:43 the environment variable STORE_PASSWORD is not set",
                        "test.yaml:12:71 the environment variable PROXY is not of the form user:password");

        Certificates peer = Certificates.of(folder);
        Files.copy(peer.pem(), folder.resolve("gateway.pem"));
        peer.trustStore();
        assertThat(problems(folder, Map.of("PROXY", "joe:word", "STORE_PASSWORD", Certificates.PASSWORD)))
                .isEmpty();
        assertThat(problems(folder, Map.of("PROXY", "joe:word", "STORE_PASSWORD", "wrong")))
                .containsExactly("test.yaml:11:22 the trust store %s does not open with that password"
                        .formatted(folder.resolve("trust.p12")));
    }

    @Test
    void aFileThatIsNoStoreIsNone(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "not a store");
        Path cut = Files.writeString(folder.resolve("cut.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        Certificates peer = Certificates.of(folder);
        Optional<String> password = Optional.of(Certificates.PASSWORD);

        assertThatThrownBy(() -> TrustStore.load(text, Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessage("the trust store %s holds neither PEM nor PKCS12 nor JKS".formatted(text));
        assertThatThrownBy(() -> TrustStore.load(cut, Optional.empty())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> TrustStore.load(peer.pem(), password))
                .hasMessageContaining("is PEM, which has no password");
        assertThatThrownBy(() -> TrustStore.load(peer.trustStore(), Optional.empty()))
                .hasMessageContaining("needs a password");
        assertThat(TrustStore.load(peer.pem(), Optional.empty()).getTrustManagers())
                .hasSize(1);
        assertThat(TrustStore.load(peer.trustStore(), password).getTrustManagers())
                .hasSize(1);
    }

    @Test
    void credentialsAreInNoText() throws IOException {
        ReadyTransport ready = new Transport(
                        Transport.Http.ONE,
                        Optional.empty(),
                        Optional.of(new Transport.Proxy(URI.create("http://proxy:3128"), Optional.of("PROXY"))),
                        false,
                        new Transport.KeepAlive.Always())
                .ready(_ -> Optional.of("joe:word:more"));

        assertThat(ready.toString()).doesNotContain("joe", "word");
        assertThat(ready.proxy().orElseThrow().credentials().orElseThrow().password())
                .isEqualTo("word:more");
    }

    @Test
    void anAddressWithCredentialsIsNotQuotedWhereSomethingElseIsNeeded() {
        Path here = Path.of("");
        List<Setting> set = List.of(Setting.parse("traffic.client.proxy=http://joe:word@proxy:3128", here));

        assertThatThrownBy(() -> ScenarioParser.parse(BY_TLS, "test.yaml", here, set))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("an address with credentials in it where a mapping is needed")
                .hasMessageNotContaining("word");
    }

    private static Provider.Source.Real real(Scenario scenario) {
        return (Provider.Source.Real) scenario.providers().get(Arm.NEW).source();
    }

    private static List<String> problems(Path folder, Map<String, String> environment) {
        try {
            ScenarioParser.parseToRun(BY_TLS, "test.yaml", folder, List.of(), environment);
            return List.of();
        } catch (ScenarioException e) {
            return e.problems().stream()
                    .map(p -> "%s:%d:%d %s".formatted(p.source(), p.line(), p.column(), p.what()))
                    .toList();
        }
    }
}
