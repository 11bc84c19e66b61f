package dev.changeover.harness.rehearsal;

import java.util.Optional;

/// Where the values of secrets are looked up by name; the environment, as a rule.
@FunctionalInterface
public interface Secrets {

    Optional<String> find(String name);
}
