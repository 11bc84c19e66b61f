package dev.changeover.harness.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.BodyGenerator;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.MalformedRequestException;
import dev.changeover.harness.wire.Purpose;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final long SECOND = 1_000_000_000;
    private static final BodyGenerator BODIES = new BodyGenerator(7);

    @Test
    void theWindowHoldsItsStartAndNotItsEnd() {
        List<ScheduledRequest> requests = schedule(traffic(10, 20, 1), at(0, 9, 10, 15, 29, 30, 31));

        assertThat(requests).extracting(ScheduledRequest::dueNanos).containsExactly(0L, 5 * SECOND, 19 * SECOND);
        assertThat(requests).extracting(ScheduledRequest::id).containsExactly(id(0), id(1), id(2));
    }

    @Test
    void speedDividesTraceTime() {
        assertThat(schedule(traffic(10, 20, 4), at(10, 12, 29)))
                .extracting(ScheduledRequest::dueNanos)
                .containsExactly(0L, SECOND / 2, 19 * SECOND / 4);
    }

    @Test
    void nothingPastTheWindowIsRead() {
        FakeTrace trace = new FakeTrace(at(1, 2, 50, 60, 70));
        Schedule schedule = new Schedule(trace, traffic(0, 10, 1), BODIES, "gpt", 7);
        schedule.forEachRemaining(_ -> {});

        assertThat(trace.left()).isEqualTo(2);
    }

    @Test
    void aBodyIsGeneratedWithTheCountsOfTheTrace() throws MalformedRequestException {
        ScheduledRequest request = schedule(traffic(0, 10, 1), List.of(TraceRequest.ofCounts(0, 120, 40)))
                .getFirst();

        ChatRequest body = ChatRequest.parse(request.body());
        assertThat(body.model()).isEqualTo("gpt");
        assertThat(body.maxTokens()).hasValue(40);
        assertThat(body.stream()).isEqualTo(request.stream());
        assertThat(request.conversation()).isEqualTo("0");
    }

    @Test
    void aRecordedBodyIsKeptAndItsModelAndStreamAreBelieved() {
        byte[] body = utf8("{\"model\":\"o9\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        ScheduledRequest request = schedule(traffic(0, 10, 1, Share.NONE), List.of(recorded("talk", body)))
                .getFirst();

        assertThat(request.body()).isEqualTo(body);
        assertThat(request.model()).isEqualTo("o9");
        assertThat(request.stream()).isTrue();
        assertThat(request.conversation()).isEqualTo("talk");
    }

    @Test
    void theShareOfStreamsIsDrawnBySeedAndNumber() {
        List<TraceRequest> trace = LongStream.range(0, 1000)
                .mapToObj(i -> TraceRequest.ofCounts(i, 1, 1))
                .toList();
        Traffic traffic = traffic(0, 10, 1, Share.parse("60%"));

        List<Boolean> streams =
                schedule(traffic, trace).stream().map(ScheduledRequest::stream).toList();

        assertThat(streams.stream().filter(stream -> stream).count()).isBetween(540L, 660L);
        assertThat(schedule(traffic, trace).stream().map(ScheduledRequest::stream))
                .isEqualTo(streams);
    }

    @Test
    void aRequestWithNeitherBodyNorCountsIsAClearError() {
        assertThatThrownBy(() -> schedule(traffic(0, 10, 1), List.of(bare())))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining(
                        "trace.csv: the request at 1.000000 s has neither a body nor a count of input tokens");
    }

    @Test
    void aBodyThatIsNoRequestIsAClearError() {
        assertThatThrownBy(() -> schedule(traffic(0, 10, 1), List.of(recorded("c", utf8("[1,2")))))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("the request at 0.000000 s has a body that is no chat-completion request");
    }

    @Test
    void thePlanCountsTheWindowWithoutItsBodies() {
        assertThat(SchedulePlan.of(new FakeTrace(at(0, 10, 15, 29, 30)), traffic(10, 20, 2), 7))
                .isEqualTo(new SchedulePlan(3, 3, 10 * SECOND, 19 * SECOND / 2, 60, 30, 0, 3));
        assertThat(SchedulePlan.of(new FakeTrace(at(0, 10, 15, 29, 30)), openTraffic(10), 7))
                .isEqualTo(new SchedulePlan(4, 4, 20 * SECOND, 20 * SECOND, 80, 40, 0, 4));
        assertThat(SchedulePlan.of(new FakeTrace(List.of()), openTraffic(10), 7))
                .isEqualTo(new SchedulePlan(0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void thePlanCountsTheTokensOfBodiesThatComeWithoutCounts() {
        byte[] bounded = utf8("{\"model\":\"o9\",\"max_tokens\":70,\"messages\":[{\"role\":\"user\",\"content\":\"Good"
                + " morning.\"}]}");
        byte[] open = utf8("{\"model\":\"o9\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        SchedulePlan plan = SchedulePlan.of(
                new FakeTrace(List.of(recorded("a", bounded), recorded("b", open))), traffic(0, 10, 1), 7);

        assertThat(plan.inputTokens()).isEqualTo(3 + 1);
        assertThat(plan.outputTokens()).isEqualTo(70);
        assertThat(plan.openEnded()).isEqualTo(1);
    }

    @Test
    void theWarmUpComesEvenlyBeforeT0WithShortAnswers() throws MalformedRequestException {
        WarmUp warmUp = new WarmUp(new FakeTrace(at(10, 11)), traffic(10, 20, 1), BODIES, "gpt", 4, 7);

        List<ScheduledRequest> requests = all(warmUp);

        assertThat(requests).hasSize(8);
        assertThat(requests).extracting(r -> r.id().purpose()).containsOnly(Purpose.WARMUP);
        assertThat(requests.getFirst().dueNanos()).isEqualTo(-2 * SECOND);
        assertThat(requests.getLast().dueNanos()).isEqualTo(-SECOND / 4);
        assertThat(ChatRequest.parse(requests.getFirst().body()).maxTokens()).hasValue(12);
    }

    @Test
    void theWarmUpIsFollowedByTheRequestsThatCount() {
        Traffic traffic = traffic(10, 20, 1);
        WarmUp warmUp = new WarmUp(new FakeTrace(at(10, 11)), traffic, BODIES, "gpt", 1, 7);
        Schedule schedule = new Schedule(new FakeTrace(at(10, 11)), traffic, BODIES, "gpt", 7);

        assertThat(all(warmUp.before(schedule)))
                .extracting(ScheduledRequest::dueNanos)
                .containsExactly(-2 * SECOND, -SECOND, 0L, SECOND);
    }

    @Test
    void anEmptyWindowHasNoWarmUp() {
        assertThat(new WarmUp(new FakeTrace(at(1)), traffic(10, 20, 1), BODIES, "gpt", 4, 7))
                .isExhausted();
    }

    private static List<ScheduledRequest> schedule(Traffic traffic, List<TraceRequest> trace) {
        return all(new Schedule(new FakeTrace(trace), traffic, BODIES, "gpt", 7));
    }

    private static List<ScheduledRequest> all(Iterator<ScheduledRequest> requests) {
        List<ScheduledRequest> all = new ArrayList<>();
        requests.forEachRemaining(all::add);
        return all;
    }

    private static List<TraceRequest> at(long... seconds) {
        return LongStream.of(seconds)
                .mapToObj(second -> TraceRequest.ofCounts(second * SECOND, 20, 10))
                .toList();
    }

    private static TraceRequest recorded(String conversation, byte[] body) {
        return TraceRequest.arriving(0)
                .conversation(Optional.of(conversation))
                .body(Optional.of(body))
                .build();
    }

    private static TraceRequest bare() {
        return TraceRequest.arriving(SECOND).build();
    }

    private static Traffic traffic(int fromSeconds, int lengthSeconds, double speed) {
        return traffic(fromSeconds, lengthSeconds, speed, Share.ALL);
    }

    private static Traffic traffic(int fromSeconds, int lengthSeconds, double speed, Share stream) {
        return traffic(fromSeconds, Optional.of(Duration.ofSeconds(lengthSeconds)), speed, stream);
    }

    private static Traffic openTraffic(int fromSeconds) {
        return traffic(fromSeconds, Optional.empty(), 1, Share.ALL);
    }

    private static Traffic traffic(int fromSeconds, Optional<Duration> length, double speed, Share stream) {
        return new Traffic(
                Path.of("trace.csv"),
                Duration.ofSeconds(fromSeconds),
                length,
                speed,
                stream,
                Optional.empty(),
                Deadlines.CALLER,
                Duration.ofSeconds(2));
    }

    private static CallId id(long number) {
        return new CallId(Purpose.REQUEST, number);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
