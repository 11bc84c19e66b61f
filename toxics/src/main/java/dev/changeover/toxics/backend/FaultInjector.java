package dev.changeover.toxics.backend;

import dev.changeover.toxics.catalog.FaultEffect;
import dev.changeover.toxics.catalog.FaultEffect.PlacedToxic;
import dev.changeover.toxics.toxic.Direction;
import dev.changeover.toxics.toxic.Toxic;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.ToxicList;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import eu.rekawek.toxiproxy.model.toxic.Slicer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts the TCP part of faults in force on proxies and takes it away again; the HTTP part is the tap's.
///
/// Both are in force when the call returns. Faults may overlap: lifting one leaves the others.
public final class FaultInjector {

    private static final double ALL = 1;

    private final ToxiproxyClient client;
    private final Patience patience;
    private final Map<String, Set<Integer>> refusing = new HashMap<>();

    public FaultInjector(ToxiproxyClient client) {
        this(client, Patience.USUAL);
    }

    FaultInjector(ToxiproxyClient client, Patience patience) {
        this.client = client;
        this.patience = patience;
    }

    /// All of it or, when it fails, none of it.
    ///
    /// @param proxy its name
    /// @param faultIndex names the fault's toxics; unique among the faults in force on the proxy
    /// @throws IOException also when the server does not answer
    public void inject(String proxy, int faultIndex, FaultEffect effect) throws IOException {
        patience.with("to put a fault in force on " + proxy, () -> add(proxy, faultIndex, effect));
    }

    private synchronized Proxy add(String proxy, int faultIndex, FaultEffect effect) throws IOException {
        Proxy target = client.getProxy(proxy);
        List<String> added = new ArrayList<>();
        try {
            for (PlacedToxic placed : effect.toxics()) {
                String name = toxicName(faultIndex, added.size());
                var created = create(target.toxics(), name, placed);
                added.add(name);
                tune(created, placed);
            }
            if (effect.refused()) {
                target.disable();
                refusing(proxy).add(faultIndex);
            }
            return target;
        } catch (IOException | RuntimeException e) {
            undo(target, added, e);
            throw e;
        }
    }

    private static void undo(Proxy target, List<String> added, Exception cause) {
        for (String name : added) {
            try {
                target.toxics().get(name).remove();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    /// Tries all of it, whatever fails on the way.
    ///
    /// @throws IOException the first failure; also when the server does not answer
    public void lift(String proxy, int faultIndex, FaultEffect effect) throws IOException {
        patience.with("to lift a fault from " + proxy, () -> remove(proxy, faultIndex, effect));
    }

    private synchronized Proxy remove(String proxy, int faultIndex, FaultEffect effect) throws IOException {
        Proxy target = client.getProxy(proxy);
        Optional<IOException> failure = Optional.empty();
        for (int i = 0; i < effect.toxics().size(); i++) {
            try {
                target.toxics().get(toxicName(faultIndex, i)).remove();
            } catch (IOException e) {
                failure = failure.or(() -> Optional.of(e));
            }
        }
        if (effect.refused()) {
            try {
                accept(target, faultIndex);
            } catch (IOException e) {
                failure = failure.or(() -> Optional.of(e));
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return target;
    }

    private void accept(Proxy target, int faultIndex) throws IOException {
        Set<Integer> those = refusing(target.getName());
        if (those.equals(Set.of(faultIndex))) {
            target.enable();
        }
        those.remove(faultIndex);
    }

    /// The faults for which the proxy refuses connections.
    private Set<Integer> refusing(String proxy) {
        return refusing.computeIfAbsent(proxy, _ -> new HashSet<>());
    }

    /// The name, in the server and in connection records, of a fault's toxic.
    public static String toxicName(int faultIndex, int position) {
        return "fault-%d-%d".formatted(faultIndex, position);
    }

    private static eu.rekawek.toxiproxy.model.Toxic create(ToxicList toxics, String name, PlacedToxic placed)
            throws IOException {
        ToxicDirection direction = direction(placed.direction());
        return switch (placed.toxic()) {
            case Toxic.Latency latency ->
                toxics.latency(name, direction, latency.added().toMillis());
            case Toxic.Timeout(var after) -> toxics.timeout(name, direction, after.toMillis());
            case Toxic.ResetPeer(var after) -> toxics.resetPeer(name, direction, after.toMillis());
            case Toxic.SlowClose(var delay) -> toxics.slowClose(name, direction, delay.toMillis());
            case Toxic.LimitData(var bytes) -> toxics.limitData(name, direction, bytes);
            case Toxic.Bandwidth(var rate) -> toxics.bandwidth(name, direction, rate);
            case Toxic.Slicer slicer ->
                toxics.slicer(
                        name, direction, slicer.averageSize(), slicer.delay().toNanos() / 1_000);
            case Toxic.Noop _ -> throw new IllegalArgumentException("the client knows no noop, which does nothing");
        };
    }

    /// What the client can set only on a toxic that is there already.
    private static void tune(eu.rekawek.toxiproxy.model.Toxic created, PlacedToxic placed) throws IOException {
        if (placed.toxicity() != ALL) {
            created.setToxicity((float) placed.toxicity());
        }
        if (created instanceof Latency latency && placed.toxic() instanceof Toxic.Latency wanted) {
            latency.setJitter(wanted.jitter().toMillis());
        }
        if (created instanceof Slicer slicer && placed.toxic() instanceof Toxic.Slicer wanted) {
            slicer.setSizeVariation(wanted.sizeVariation());
        }
    }

    private static ToxicDirection direction(Direction direction) {
        return switch (direction) {
            case UPSTREAM -> ToxicDirection.UPSTREAM;
            case DOWNSTREAM -> ToxicDirection.DOWNSTREAM;
        };
    }
}
