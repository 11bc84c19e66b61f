package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Toxic;

/// Which stage carries out which toxic.
final class Stages {

    private Stages() {}

    static Stage of(Toxic toxic, Site site) {
        return switch (toxic) {
            case Toxic.Latency latency -> new LatencyStage(latency, site);
            case Toxic.Timeout timeout -> new TimeoutStage(timeout, site);
            case Toxic.ResetPeer reset -> new ResetPeerStage(reset, site);
            case Toxic.SlowClose slow -> new SlowCloseStage(slow, site);
            case Toxic.LimitData limit -> new LimitDataStage(limit, site);
            case Toxic.Bandwidth bandwidth -> new BandwidthStage(bandwidth, site);
            case Toxic.Slicer slicer -> new SlicerStage(slicer, site);
            case Toxic.Noop() -> new NoopStage(site);
        };
    }
}
