package dev.changeover.harness.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.scenario.Rollout.Sticky;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayTest {

    @Test
    void aRolloutSaysWhatTheReferenceGatewayKeepsTogether() {
        assertThat(reference(Optional.empty(), Arm.OLD, Arm.NEW).under(rollout(Sticky.REQUEST)))
                .isEqualTo(reference(Optional.of(new Gateway.Split(Share.NONE, Sticky.REQUEST)), Arm.OLD, Arm.NEW));
    }

    @Test
    void aRolloutLeavesTheShareThatTheGatewayStartsWith() {
        Optional<Gateway.Split> configured = Optional.of(new Gateway.Split(new Share(0.05), Sticky.REQUEST));
        assertThat(reference(configured, Arm.OLD, Arm.NEW)
                        .under(rollout(Sticky.CONVERSATION))
                        .split())
                .contains(new Gateway.Split(new Share(0.05), Sticky.CONVERSATION));
    }

    @Test
    void oneProviderCannotCarryARollout() {
        assertThatThrownBy(() -> reference(Optional.empty(), Arm.OLD).under(rollout(Sticky.REQUEST)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("split needs both arms in the route, got [OLD]");
    }

    private static Gateway.Reference reference(Optional<Gateway.Split> split, Arm... route) {
        Duration second = Duration.ofSeconds(1);
        return new Gateway.Reference(
                List.of(route),
                split,
                Map.of("large", List.of("small")),
                new Deadlines(second, second, second, second),
                Gateway.Retry.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Gateway.Trust.STATUS,
                Optional.empty(),
                Optional.empty(),
                Gateway.HealthPage.BLIND);
    }

    private static Rollout rollout(Sticky sticky) {
        return new Rollout(
                Duration.ZERO,
                List.of(Share.ALL),
                new Rollout.Hold.Requests(1),
                sticky,
                Rollout.Decider.CALENDAR,
                Rollout.Tolerated.DEFAULT);
    }
}
