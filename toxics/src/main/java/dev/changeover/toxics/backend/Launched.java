package dev.changeover.toxics.backend;

import java.net.URI;
import java.util.Optional;

/// A server that was started for this run.
interface Launched {

    URI api();

    /// How it ended, `with code 1`; empty while it runs.
    Optional<String> ended();

    /// Whether one of its last lines has the text in it.
    boolean says(String text);

    /// Its last lines, each on a line of its own.
    String lastLines();

    /// It is gone when this returns.
    void end();
}
