package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Direction;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What has passed through a proxy, added up. Confined to one thread.
///
/// @param received bytes, by direction
/// @param sent bytes, by direction
/// @param touched chunks that a toxic delayed, dropped or cut, by its name
/// @param struck connections that it did that to
record ProxyTraffic(
        Map<Direction, Long> received,
        Map<Direction, Long> sent,
        SortedMap<String, Long> touched,
        SortedMap<String, Long> struck) {

    ProxyTraffic() {
        this(new EnumMap<>(Direction.class), new EnumMap<>(Direction.class), new TreeMap<>(), new TreeMap<>());
    }

    /// As far as it has come.
    void add(Connection connection) {
        for (Direction direction : Direction.values()) {
            received.merge(direction, connection.link(direction).bytes(), Long::sum);
            sent.merge(direction, connection.link(direction).sentBytes(), Long::sum);
        }
        connection.touched().forEach((toxic, chunks) -> {
            touched.merge(toxic, chunks, Long::sum);
            struck.merge(toxic, 1L, Long::sum);
        });
    }

    ProxyTraffic copy() {
        return new ProxyTraffic(
                new EnumMap<>(received), new EnumMap<>(sent), new TreeMap<>(touched), new TreeMap<>(struck));
    }
}
