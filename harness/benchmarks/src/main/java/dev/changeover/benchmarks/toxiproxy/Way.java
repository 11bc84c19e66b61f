package dev.changeover.benchmarks.toxiproxy;

import java.util.Map;
import java.util.OptionalLong;

/// One way to the upstream: directly, or through a proxy for each of its services.
///
/// @param pid of the server on the way
record Way(String name, Map<Service, Integer> ports, OptionalLong pid) {

    int port(Service service) {
        return ports.get(service);
    }
}
