package dev.changeover.harness.replay;

import dev.changeover.harness.units.Arm;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Where requests are sent: plain HTTP on loopback.
///
/// @param arm there when the target leads to one provider only, empty for a gateway
/// @param modelName the name that this target knows a model by
public record Target(Optional<Arm> arm, String host, int port, UnaryOperator<String> modelName) {

    public Target {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 1 to 65535, got " + port);
        }
    }
}
