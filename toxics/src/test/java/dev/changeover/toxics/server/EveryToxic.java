package dev.changeover.toxics.server;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;

/// The toxics that the Toxiproxy Java client knows, each with settings under which something happens.
enum EveryToxic {
    LATENCY,
    BANDWIDTH,
    BLOCKED,
    SLICER,
    SLOW_CLOSE,
    LIMIT_DATA,
    TIMEOUT,
    DARK,
    RESET_PEER;

    Toxic addTo(Proxy proxy, ToxicDirection direction) throws IOException {
        String name = name().toLowerCase() + "_" + direction;
        var toxics = proxy.toxics();
        return switch (this) {
            case LATENCY -> toxics.latency(name, direction, 30).setJitter(10);
            case BANDWIDTH -> toxics.bandwidth(name, direction, 500);
            case BLOCKED -> toxics.bandwidth(name, direction, 0);
            case SLICER -> toxics.slicer(name, direction, 400, 200).setSizeVariation(100);
            case SLOW_CLOSE -> toxics.slowClose(name, direction, 30);
            case LIMIT_DATA -> toxics.limitData(name, direction, 60_000);
            case TIMEOUT -> toxics.timeout(name, direction, 50);
            case DARK -> toxics.timeout(name, direction, 0);
            case RESET_PEER -> toxics.resetPeer(name, direction, 20);
        };
    }

    /// Whether bytes arrive, whole and in order, however late.
    boolean losesNothing() {
        return switch (this) {
            case LATENCY, BANDWIDTH, SLICER, SLOW_CLOSE -> true;
            case BLOCKED, LIMIT_DATA, TIMEOUT, DARK, RESET_PEER -> false;
        };
    }
}
