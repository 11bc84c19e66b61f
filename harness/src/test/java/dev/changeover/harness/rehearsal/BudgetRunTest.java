package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.RunEnded.End;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.HistoryReader;
import dev.changeover.harness.provider.StrictVendor;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.ScenarioException;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.scenario.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real providers and a budget: what is refused before, and what ends a run.
@Timeout(120)
class BudgetRunTest {

    private final StrictVendor vendor = new StrictVendor("openai");

    @TempDir
    Path folder;

    /// Twenty requests over two seconds, four of them within 30 ms.
    @BeforeEach
    void writeTrace() throws IOException {
        StringBuilder trace = new StringBuilder("{\"changeover_trace\":1,\"about\":\"Made up.\"}\n");
        for (int i = 0; i < 20; i++) {
            trace.append("{\"at_ms\":%d,\"model\":\"gpt-5\",\"stream\":true,\"input_tokens\":5,\"output_tokens\":5}%n"
                    .formatted(i < 4 ? i * 10 : i * 100));
        }
        Files.writeString(folder.resolve("trace.jsonl"), trace);
    }

    @AfterEach
    void close() {
        vendor.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        max_requests: 21 | gateway=none                           |
        max_requests: 19 | gateway=none                           | the run would make 20 calls
        max_requests: 29 | gateway=none;traffic.warm_up=1s        | the run would make 30 calls
        max_requests: 20 | gateway={reference: {route: [old, new]}} |
        max_requests: 19 | gateway={reference: {route: [old, new]}} | the run would make 20 calls
        max_requests: 39 | gateway=none;providers.new={simulate: {}} | the run would make 40 calls
        max_rate: 12/s   | gateway=none                           |
        max_rate: 3/s    | gateway=none                           | the request due after 0.030 s of the run is one too many
        max_rate: 20/min | gateway=none                           |
        max_rate: 19/min | gateway=none                           | the request due after 1.900 s of the run
        max_rate: 10/s   | gateway=none;traffic.speed=5x          | one too many for budget.max_rate, 10/s
        """)
    void planPastTheBudgetIsRefused(String budget, String settings, String refusal) throws Exception {
        Scenario scenario = scenario(budget, "warm_up: 0s", settings.split(";")).scenario();
        Optional<String> why = BudgetCheck.refusal(Plan.of(scenario), scenario);

        if (refusal == null) {
            assertThat(why).isEmpty();
        } else {
            assertThat(why.orElseThrow()).contains(refusal);
        }
    }

    @Test
    void stormOfRetriesCostsNoMoreThanTheBudgetAllows() throws Exception {
        Rehearsed run = rehearse(
                "max_requests: 25",
                "gateway={reference: {route: [new], retry: {max: 5, backoff: 1ms, on: any}, breaker: none, health:"
                        + " none}}",
                "providers.new.profile=relay");

        assertThat(run.ended().end()).isEqualTo(End.BUDGET);
        assertThat(run.ended().detail()).isEqualTo("all 25 calls of budget.max_requests were made");
        assertThat(vendor.calls()).isEqualTo(25);
        assertThat(run.history().ledger()).hasSizeLessThanOrEqualTo(25);
    }

    @Test
    void callsThatComeFasterThanAllowedAreNotSent() throws Exception {
        Rehearsed run = rehearse(
                "max_rate: 12/s",
                "gateway={reference: {route: [new], retry: {max: 5, backoff: 1ms, on: any}, breaker: none, health:"
                        + " none}}",
                "providers.new.profile=relay");

        assertThat(run.ended().end()).isEqualTo(End.BUDGET);
        assertThat(run.ended().detail()).contains("past budget.max_rate, 12/s");
        assertThat(vendor.calls()).isEqualTo(12);
    }

    @Test
    void runWithinItsBudgetIsWrittenAnewAndServed() throws Exception {
        Rehearsed run = rehearse("max_requests: 20", "gateway=none");

        assertThat(run.ended().end()).isEqualTo(End.COMPLETED);
        assertThat(vendor.calls()).isEqualTo(20);
        assertThat(run.history().ledger())
                .filteredOn(call -> call.arm().word().equals("new"))
                .hasSize(20)
                .allMatch(call -> call.outcome().toString().contains("Served"));
        assertThat(run.history().warnings())
                .extracting(Event.Warning::text)
                .contains("new (openai): 'max_tokens' of reasoning models in 20 of 20 calls is sent as"
                        + " 'max_completion_tokens': reasoning models refuse it (recorded)");
    }

    @Test
    void planSaysWhatWillBeWrittenAnew() throws Exception {
        Scenario ours = scenario("max_requests: 99", "", "gateway=none").scenario();
        Scenario theirs = scenario(
                        "max_requests: 99",
                        "",
                        "gateway={url: {base_url: 'http://127.0.0.1:4000/v1'}}",
                        "providers.old.listen=18001",
                        "providers.new.listen=18002")
                .scenario();

        assertThat(Plan.of(ours).warnings(ours))
                .contains("new (openai): 'max_tokens' of reasoning models in 20 of 20 requests is sent as"
                        + " 'max_completion_tokens': reasoning models refuse it (recorded)");
        assertThat(Plan.of(theirs).warnings(theirs))
                .contains("new (openai): 'max_tokens' of reasoning models in 20 of 20 requests: reasoning models"
                        + " refuse it (recorded); the gateway has to see to it");
    }

    private record Rehearsed(Event.RunEnded ended, History history) {}

    private Rehearsed rehearse(String budget, String... settings) throws Exception {
        ScenarioParser.Parsed parsed = scenario(budget, "warm_up: 0s", settings);
        Path history = folder.resolve("history.jsonl");
        Secrets secrets = name -> Optional.of(name.equals("VENDOR_KEY") ? StrictVendor.KEY : "");
        Event.RunEnded ended = new Rehearsal(parsed, Plan.of(parsed.scenario()), secrets, history, _ -> {}).run();
        return new Rehearsed(ended, HistoryReader.read(history));
    }

    private ScenarioParser.Parsed scenario(String budget, String warmUp, String... settings) throws ScenarioException {
        String yaml = """
            scenario: budget
            traffic: { trace: trace.jsonl, %s }
            providers:
              old: { simulate: { profile: instant } }
              new: { base_url: "%s", profile: openai, api_key: "${VENDOR_KEY}" }
            gateway: none
            objectives: { latency: 30s }
            expect: { error_rate: { max: 1%% } }
            budget: { %s }
            """.formatted(warmUp, vendor.address(), budget);
        List<Setting> all =
                Stream.of(settings).map(text -> Setting.parse(text, folder)).toList();
        return ScenarioParser.parse(yaml, "budget.yaml", folder, all);
    }
}
