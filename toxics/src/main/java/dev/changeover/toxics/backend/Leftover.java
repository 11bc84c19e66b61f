package dev.changeover.toxics.backend;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a run that dies leaves behind, told so that it is found again and nothing else is taken for it.
sealed interface Leftover {

    /// What our names begin with, on servers and engines that others use too.
    String OURS = "changeover-";

    Pattern LINE = Pattern.compile("(process|container|proxy) (\\S+)(?: (http://\\S+))?");

    /// A server started with this seed, which stands in its command line and was never given to another.
    record ServerProcess(long seed) implements Leftover {
        @Override
        public String line() {
            return "process " + seed;
        }

        @Override
        public String toString() {
            return "the toxiproxy-server started with -seed " + seed;
        }
    }

    record Container(String name) implements Leftover {
        public Container {
            requireOurs(name);
        }

        @Override
        public String line() {
            return "container " + name;
        }

        @Override
        public String toString() {
            return "the container " + name;
        }
    }

    /// A proxy on a server that others use too.
    record SharedProxy(String name, URI server) implements Leftover {
        public SharedProxy {
            requireOurs(name);
            RemoteAddress.require(server);
        }

        @Override
        public String line() {
            return "proxy " + name + " " + server;
        }

        @Override
        public String toString() {
            return "the proxy %s at %s".formatted(name, server);
        }
    }

    /// As it stands in a journal.
    String line();

    /// Empty for a line that was not written whole, or by us.
    static Optional<Leftover> parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return switch (parts.group(1)) {
                case "process" -> Optional.of(new ServerProcess(Long.parseLong(parts.group(2))));
                case "container" -> Optional.of(new Container(parts.group(2)));
                default ->
                    Optional.ofNullable(parts.group(3))
                            .map(server -> new SharedProxy(parts.group(2), URI.create(server)));
            };
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static void requireOurs(String name) {
        if (!name.matches(OURS + "[a-z0-9-]+")) {
            throw new IllegalArgumentException("'%s' is no name of ours".formatted(name));
        }
    }
}
