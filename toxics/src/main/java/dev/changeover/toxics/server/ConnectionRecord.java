package dev.changeover.toxics.server;

import java.util.SortedMap;

/// What became of one proxied connection, told once, when it is over.
///
/// @param proxy the proxy's name
/// @param number counts the proxy's connections from 1
/// @param openedNanos by `System.nanoTime()`
/// @param closedNanos by `System.nanoTime()`
/// @param bytesUp received from the client
/// @param bytesDown received from the upstream
/// @param touched by a toxic's name, how many chunks it delayed, dropped or cut
public record ConnectionRecord(
        String proxy,
        long number,
        long openedNanos,
        long closedNanos,
        long bytesUp,
        long bytesDown,
        SortedMap<String, Long> touched) {}
