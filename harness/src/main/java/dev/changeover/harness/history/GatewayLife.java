package dev.changeover.harness.history;

import java.util.List;

/// How the gateway under test looked from outside, in the order it was written.
public record GatewayLife(
        List<Event.GatewayHealth> health,
        List<Event.Scrape> scrapes,
        List<Event.Configuration> configuration,
        List<Event.GatewayProcess> process) {

    public static final GatewayLife UNSEEN = new GatewayLife(List.of(), List.of(), List.of(), List.of());
}
