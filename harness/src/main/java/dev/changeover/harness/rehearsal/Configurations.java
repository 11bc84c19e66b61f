package dev.changeover.harness.rehearsal;

import dev.changeover.harness.gateway.program.Digests;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.ConfigurationMoment;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.units.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Writes down what a gateway's configuration files hold at a moment.
record Configurations(List<Path> files, Ticker clock, EventSink events) {

    void tell(ConfigurationMoment when) {
        for (Path file : files) {
            try {
                events.accept(new Event.Configuration(file.toString(), Digests.sha256(file), when, clock.nanos()));
            } catch (IOException e) {
                events.accept(new Event.Warning(clock.nanos(), "%s cannot be read: %s".formatted(file, e)));
            }
        }
    }
}
