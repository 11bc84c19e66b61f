package dev.changeover.harness.rehearsal;

import dev.changeover.harness.replay.Target;
import dev.changeover.harness.scenario.ReadyTransport;
import dev.changeover.harness.units.Share;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What requests are sent to, as the run holds it: the gateway under test, or the providers themselves.
interface Front extends AutoCloseable {

    List<Target> targets();

    /// Gives the new provider this share of the traffic; in force when it returns.
    ///
    /// @throws IOException when the gateway would not take it, saying why
    void weigh(Share toNew) throws IOException;

    /// How connections to the gateway are made: its other pages are looked at in the same way.
    default ReadyTransport transport() {
        return ReadyTransport.CALLER;
    }

    /// `http://127.0.0.1:8080`, from which paths start; empty for the providers themselves.
    Optional<URI> address();

    /// Path of the health page, if there is one.
    Optional<String> healthPath();

    /// What `{{...}}` stands for, in scripts of the user's too.
    Map<String, String> values();

    /// Variables that its own programs are given; scripts of the user's get them too.
    Map<String, String> environment();

    /// A text without the values of any secret that the run knows.
    String redact(String text);

    /// The files that a rollback has to give back as they were.
    List<Path> configuration();

    /// Stops what was started for it, and puts back what was changed.
    @Override
    void close();
}
