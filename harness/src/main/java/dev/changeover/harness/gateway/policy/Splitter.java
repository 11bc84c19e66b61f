package dev.changeover.harness.gateway.policy;

import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Rollout.Sticky;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Hash;
import dev.changeover.harness.units.Share;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which provider comes first for a request, at random by the new one's weight; the rest of the route
/// follows.
///
/// What is drawn is addressed, not rolled: seed and key decide it, so a request is ordered the same
/// whenever it is asked about under one weight. A conversation is drawn when it is first seen, and stays
/// where it was first given to whatever the weight becomes, with two exceptions: at 100 % everything goes
/// to the new provider, and when the weight is set to 0 % all is forgotten and everything goes to the old
/// one. [#MOST_REMEMBERED] conversations are remembered; beyond that, those idle longest are forgotten,
/// and drawn again should they come back.
public final class Splitter {

    /// Conversations; some 10 MB.
    public static final int MOST_REMEMBERED = 100_000;

    private static final long CONVERSATIONS = 0x636f6e76L;
    private static final long REQUESTS = 0x72657175L;

    private final List<Arm> route;
    private final Sticky sticky;
    private final long seed;
    private final int mostRemembered;
    private final LinkedHashMap<Long, Arm> given = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Arm> idleLongest) {
            return size() > mostRemembered;
        }
    };
    private Share toNew;

    public Splitter(List<Arm> route, Optional<Gateway.Split> split, long seed) {
        this(route, split, seed, MOST_REMEMBERED);
    }

    Splitter(List<Arm> route, Optional<Gateway.Split> split, long seed, int mostRemembered) {
        this.route = List.copyOf(route);
        this.sticky = split.map(Gateway.Split::sticky).orElse(Sticky.CONVERSATION);
        this.toNew = split.map(Gateway.Split::toNew).orElse(this.route.getFirst() == Arm.NEW ? Share.ALL : Share.NONE);
        this.seed = seed;
        this.mostRemembered = mostRemembered;
    }

    /// Whether there are two providers to split between.
    public boolean splits() {
        return route.size() > 1;
    }

    /// The new provider's weight in force; without a split and until told otherwise, all or nothing by
    /// the route.
    public Share toNew() {
        return toNew;
    }

    /// Changes the weight for every request from now on.
    ///
    /// @throws IllegalStateException when there is nothing to split between
    public void weigh(Share share) {
        if (!splits()) {
            throw new IllegalStateException(
                    "the route has one provider only: " + route.getFirst().word());
        }
        toNew = share;
        if (share.equals(Share.NONE)) {
            given.clear();
        }
    }

    /// The route as a request is to walk it.
    ///
    /// @param conversation empty: it is one of its own
    /// @param request any number that tells requests apart
    public List<Arm> order(Optional<String> conversation, long request) {
        if (!splits()) {
            return route;
        }
        Arm first = sticky == Sticky.CONVERSATION && conversation.isPresent()
                ? ofConversation(Hash.of(conversation.get()))
                : draw(Hash.mix(seed, REQUESTS, request));
        return List.of(first, first.other());
    }

    private Arm ofConversation(long key) {
        Arm before = given.get(key);
        Arm arm = before == null || toNew.equals(Share.ALL) ? draw(Hash.mix(seed, CONVERSATIONS, key)) : before;
        given.put(key, arm);
        return arm;
    }

    private Arm draw(long hash) {
        return Hash.unit(hash) < toNew.value() ? Arm.NEW : Arm.OLD;
    }
}
