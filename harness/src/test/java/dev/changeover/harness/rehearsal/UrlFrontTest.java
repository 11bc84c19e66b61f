package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.changeover.harness.gateway.program.Ports;
import dev.changeover.harness.gateway.program.RunMark;
import dev.changeover.harness.gateway.program.Shell;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.WeightCause;
import dev.changeover.harness.history.Event.WeightStep;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.ReadyTransport;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UrlFrontTest {

    private static final String HTTP =
            "{ http: { method: PUT, path: /weights, body: '{{weight.new}}/{{weight.old}}' } }";

    @TempDir
    Path folder;

    private final List<Event> events = new ArrayList<>();
    private final List<String> notUndone = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private HttpServer gateway;
    private volatile int status = 204;

    @BeforeEach
    void aGatewayRuns() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        gateway.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add("%s %s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            body,
                            exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        gateway.start();
    }

    @AfterEach
    void stopIt() {
        gateway.stop(0);
    }

    @Test
    void itIsToldWeightsAndGivenBackTheOneThatItHad() throws Exception {
        UrlFront front = front(HTTP);
        front.weigh(new Share(0.125));
        front.close();
        assertThat(asked)
                .containsExactly("PUT /weights 12.5/87.5 Bearer sk-gateway", "PUT /weights 0/100 Bearer sk-gateway");
        assertThat(events).containsExactly(restore(WeightStep.ASKED, ""), restore(WeightStep.IN_FORCE, ""));
        assertThat(notUndone).isEmpty();
    }

    @Test
    void oneThatWasNotToldAnythingIsLeftAlone() throws Exception {
        front(HTTP).close();
        assertThat(asked).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void aWeightThatItWillNotTakeIsSaid() throws Exception {
        UrlFront front = front(HTTP);
        front.weigh(Share.ALL);
        status = 503;
        String refused = "PUT http://127.0.0.1:%d/weights answered 503"
                .formatted(gateway.getAddress().getPort());
        assertThatThrownBy(() -> front.weigh(Share.ALL))
                .isInstanceOf(IOException.class)
                .hasMessage(refused);
        front.close();
        assertThat(events).containsExactly(restore(WeightStep.ASKED, ""), restore(WeightStep.FAILED, refused));
        assertThat(notUndone)
                .containsExactly(
                        "the gateway's weight could not be given back (%s); give the old provider all of it by hand"
                                .formatted(refused));
    }

    @Test
    void aWeightCommandThatFailsIsNamedWithItsCode() throws Exception {
        Shell.assumeThereIsOne();
        UrlFront front = front("{ run: { command: [sh, -c, 'echo no; exit 4'], within: 30s } }");
        assertThatThrownBy(() -> front.weigh(Share.ALL))
                .hasMessage("the weight command sh exited with code 4; what it printed is in gateway.log");
        assertThat(folder.resolve("gateway.log")).content().isEqualTo("no\n");
    }

    @Test
    void anyAnswerOfItWillDoBeforeTheStart() throws Exception {
        status = 401;
        assertThat(front(HTTP).open(() -> false)).isEmpty();
        assertThat(asked).containsExactly("GET /v1/models  Bearer sk-gateway");
    }

    @Test
    void oneThatGivesNoAnswerIsAFinding() throws Exception {
        UrlFront front = front(HTTP);
        stopIt();
        assertThat(front.open(() -> false))
                .contains(
                        "http://127.0.0.1:%d/v1/models gives no answer (ConnectException); start the gateway, or correct gateway.url"
                                .formatted(gateway.getAddress().getPort()));
        assertThat(events).singleElement().isInstanceOf(Event.GatewayProcess.class);
    }

    @Test
    void itsKeyGoesWithRequestsAndIsInNoText() throws Exception {
        UrlFront front = front(HTTP);
        assertThat(front.targets()).singleElement().satisfies(target -> {
            assertThat(target.key()).contains("sk-gateway");
            assertThat(target.toString()).doesNotContain("sk-gateway").endsWith("/v1");
        });
        assertThat(front.values().toString()).doesNotContain("sk-gateway");
        assertThat(front.environment()).doesNotContainValue("sk-gateway");
    }

    @Test
    void aListenPortThatIsTakenIsSaidWithWhatToDo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ScenarioParser.Parsed parsed =
                    parsed(HTTP, taken.getLocalPort(), Ports.free(1).getFirst());
            assertThatThrownBy(() -> Testbed.start(
                            parsed.scenario(), _ -> Optional.empty(), place(), new RunClock(), events::add))
                    .isInstanceOf(TestbedException.class)
                    .hasMessageContaining("providers.old.listen: port %d is taken; end what listens there"
                            .formatted(taken.getLocalPort()));
        }
    }

    private static Event restore(WeightStep step, String detail) {
        return new Event.Weight(0, step, WeightCause.RESTORE, detail, 0);
    }

    private UrlFront front(String weights) throws Exception {
        ScenarioParser.Parsed parsed = parsed(weights, 18_001, 18_002);
        Files.createDirectories(place().work());
        Secrets secrets = name -> Optional.of("sk-gateway").filter(_ -> name.equals("GATEWAY_KEY"));
        GivenValues given = new GivenValues(
                parsed.scenario(), secrets, place(), RunMark.unique(), Map.of(Arm.OLD, 18_001, Arm.NEW, 18_002));
        return new UrlFront(
                (Gateway.Url) parsed.scenario().gateway(),
                ReadyTransport.CALLER,
                given,
                events::add,
                () -> 0,
                notUndone::add);
    }

    private ScenarioParser.Parsed parsed(String weights, int oldPort, int newPort) throws Exception {
        return ScenarioParser.parse(
                """
                scenario: running
                about: A gateway that runs already.
                traffic: { trace: trace.jsonl, window: { from: 0s, length: 4s } }
                providers: { old: { simulate: {}, listen: %d }, new: { simulate: {}, listen: %d } }
                gateway: { url: { base_url: "http://127.0.0.1:%d/v1", api_key: "${GATEWAY_KEY}", weights: %s } }
                expect: { lost: { max: 0 } }
                """.formatted(oldPort, newPort, gateway.getAddress().getPort(), weights),
                "running.yaml",
                folder,
                List.of());
    }

    private Place place() {
        return new Place(folder, folder);
    }
}
