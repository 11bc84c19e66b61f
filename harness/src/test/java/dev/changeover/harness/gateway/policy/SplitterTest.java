package dev.changeover.harness.gateway.policy;

import static dev.changeover.harness.units.Arm.NEW;
import static dev.changeover.harness.units.Arm.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Rollout.Sticky;
import dev.changeover.harness.stats.Proportions;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitterTest {

    private static final List<Arm> BOTH = List.of(OLD, NEW);

    @Test
    void withoutASplitTheRoutesOrderHolds() {
        assertThat(first(splitter(BOTH), "c1")).isEqualTo(OLD);
        assertThat(first(splitter(List.of(NEW, OLD)), "c1")).isEqualTo(NEW);
        assertThat(splitter(List.of(NEW)).order(Optional.of("c1"), 1)).containsExactly(NEW);
    }

    @Test
    void theRestOfTheRouteFollows() {
        Splitter all = split(1, Sticky.CONVERSATION);
        assertThat(all.order(Optional.of("c1"), 1)).containsExactly(NEW, OLD);
        Splitter none = split(0, Sticky.CONVERSATION);
        assertThat(none.order(Optional.of("c1"), 1)).containsExactly(OLD, NEW);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.1, 0.3, 0.5, 0.99})
    void theShareOfNewConversationsIsBinomialInTheWeight(double weight) {
        Splitter splitter = split(weight, Sticky.CONVERSATION);
        assertBinomial(
                conversations("c", 50_000)
                        .filter(c -> first(splitter, c) == NEW)
                        .count(),
                weight);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.1, 0.3, 0.5, 0.99})
    void theShareOfRequestsIsBinomialInTheWeight(double weight) {
        Splitter splitter = split(weight, Sticky.REQUEST);
        assertBinomial(
                LongStream.range(0, 50_000)
                        .filter(n -> splitter.order(Optional.of("one conversation"), n)
                                        .getFirst()
                                == NEW)
                        .count(),
                weight);
    }

    @Test
    void eachPhaseDrawsTheConversationsThatAreNewInItByItsOwnWeight() {
        Splitter splitter = split(0, Sticky.CONVERSATION);
        for (double weight : new double[] {0.1, 0.3, 0.5}) {
            splitter.weigh(new Share(weight));
            assertBinomial(
                    conversations("phase " + weight + ", ", 50_000)
                            .filter(c -> first(splitter, c) == NEW)
                            .count(),
                    weight);
        }
    }

    @Test
    void aConversationStaysWhenTheWeightChanges() {
        Splitter splitter = split(0.3, Sticky.CONVERSATION);
        List<Arm> before =
                conversations("c", 1_000).map(c -> first(splitter, c)).toList();
        for (double weight : new double[] {0.5, 0.9, 0.1}) {
            splitter.weigh(new Share(weight));
            assertThat(conversations("c", 1_000).map(c -> first(splitter, c)).toList())
                    .isEqualTo(before);
        }
    }

    @Test
    void aConversationThatBeganBeforeTheRolloutStaysWithTheOldProvider() {
        Splitter splitter = splitter(BOTH);
        conversations("c", 1_000).forEach(c -> first(splitter, c));
        splitter.weigh(new Share(0.99));
        assertThat(conversations("c", 1_000)).allMatch(c -> first(splitter, c) == OLD);
    }

    @Test
    void aRollbackSendsEverythingBackAndForgets() {
        Splitter splitter = split(0.5, Sticky.CONVERSATION);
        conversations("c", 1_000).forEach(c -> first(splitter, c));
        splitter.weigh(Share.NONE);
        assertThat(conversations("c", 500)).allMatch(c -> first(splitter, c) == OLD);
        splitter.weigh(new Share(0.999));
        assertThat(conversations("c", 500)).allMatch(c -> first(splitter, c) == OLD);
        assertThat(conversations("c", 1_000)
                        .skip(500)
                        .filter(c -> first(splitter, c) == NEW)
                        .count())
                .as("idle since, so drawn again by the new weight")
                .isGreaterThan(450);
    }

    @Test
    void everythingGoesToNewAtOneHundredPerCentAndStaysThere() {
        Splitter splitter = split(0.1, Sticky.CONVERSATION);
        conversations("c", 1_000).forEach(c -> first(splitter, c));
        splitter.weigh(Share.ALL);
        assertThat(conversations("c", 1_000)).allMatch(c -> first(splitter, c) == NEW);
        splitter.weigh(new Share(0.1));
        assertThat(conversations("c", 1_000)).allMatch(c -> first(splitter, c) == NEW);
    }

    @Test
    void thoseIdleLongestAreForgottenFirst() {
        Splitter splitter = new Splitter(BOTH, Optional.of(new Gateway.Split(Share.ALL, Sticky.CONVERSATION)), 7, 2);
        first(splitter, "a");
        first(splitter, "b");
        first(splitter, "a");
        splitter.weigh(new Share(1e-9));
        assertThat(first(splitter, "c")).isEqualTo(OLD);
        assertThat(first(splitter, "a")).as("seen again before c came").isEqualTo(NEW);
        assertThat(first(splitter, "b")).as("forgotten for c").isEqualTo(OLD);
    }

    @Test
    void aRequestWithoutAConversationIsDrawnByItsNumber() {
        Splitter splitter = split(0.3, Sticky.CONVERSATION);
        assertBinomial(
                LongStream.range(0, 50_000)
                        .filter(n -> splitter.order(Optional.empty(), n).getFirst() == NEW)
                        .count(),
                0.3);
        splitter.weigh(new Share(1e-9));
        assertThat(LongStream.range(0, 1_000))
                .as("none of them is remembered")
                .allMatch(n -> splitter.order(Optional.empty(), n).getFirst() == OLD);
    }

    @ParameterizedTest
    @EnumSource
    void aRequestAskedAboutAgainIsOrderedTheSame(Sticky sticky) {
        Splitter one = split(0.5, sticky);
        Splitter other = split(0.5, sticky);
        for (long n = 0; n < 1_000; n++) {
            Optional<String> conversation = Optional.of("c" + n % 7);
            List<Arm> order = one.order(conversation, n);
            assertThat(one.order(conversation, n)).isEqualTo(order);
            assertThat(other.order(conversation, n)).isEqualTo(order);
        }
    }

    @Test
    void conversationsMayHopUnderStickyRequest() {
        Splitter splitter = split(0.5, Sticky.REQUEST);
        assertThat(LongStream.range(0, 100)
                        .mapToObj(n -> splitter.order(Optional.of("c"), n).getFirst()))
                .contains(OLD, NEW);
    }

    @Test
    void theSeedDecidesWhoIsDrawn() {
        Optional<Gateway.Split> half = Optional.of(new Gateway.Split(new Share(0.5), Sticky.CONVERSATION));
        Splitter seven = new Splitter(BOTH, half, 7);
        Splitter eight = new Splitter(BOTH, half, 8);
        long same = conversations("c", 10_000)
                .filter(c -> first(seven, c) == first(eight, c))
                .count();
        assertBinomialOf(same, 10_000, 0.5);
    }

    @Test
    void oneProviderCannotBeWeighed() {
        Splitter splitter = splitter(List.of(NEW));
        assertThat(splitter.splits()).isFalse();
        assertThatThrownBy(() -> splitter.weigh(Share.ALL))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the route has one provider only: new");
    }

    private static void assertBinomial(long count, double weight) {
        assertBinomialOf(count, 50_000, weight);
    }

    /// What was counted is no further out than one fair draw in a million (exact binomial, two-sided).
    private static void assertBinomialOf(long count, long of, double weight) {
        assertThat(Proportions.asFarOut(count, of, weight)).isGreaterThan(1e-6);
    }

    private static Stream<String> conversations(String prefix, int count) {
        return LongStream.range(0, count).mapToObj(n -> prefix + n);
    }

    private static Splitter splitter(List<Arm> route) {
        return new Splitter(route, Optional.empty(), 7);
    }

    private static Splitter split(double toNew, Sticky sticky) {
        return new Splitter(BOTH, Optional.of(new Gateway.Split(new Share(toNew), sticky)), 7);
    }

    private static Arm first(Splitter splitter, String conversation) {
        return splitter.order(Optional.of(conversation), 0).getFirst();
    }
}
