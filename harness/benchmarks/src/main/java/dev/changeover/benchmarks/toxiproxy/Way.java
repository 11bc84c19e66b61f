package dev.changeover.benchmarks.toxiproxy;

import dev.changeover.benchmarks.common.ProcStatus;
import java.util.Map;
import java.util.Optional;

/// One way to the upstream: directly, or through a proxy for each of its services.
///
/// @param server on the way, if there is one
record Way(String name, Map<Service, Integer> ports, Optional<ProcStatus> server) {

    int port(Service service) {
        return ports.get(service);
    }
}
