package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.ReadyTransport;
import dev.changeover.harness.scenario.Transport;
import dev.changeover.harness.transport.Certificates;
import java.util.Optional;

/// Ways to connect, and targets that are connected to in them.
final class Transports {

    static final ReadyTransport HTTP_2 = new ReadyTransport(
            Transport.Http.TWO, Optional.empty(), Optional.empty(), false, new Transport.KeepAlive.Always());

    private Transports() {}

    static ReadyTransport keeping(Transport.KeepAlive keepAlive) {
        return new ReadyTransport(Transport.Http.ONE, Optional.empty(), Optional.empty(), false, keepAlive);
    }

    static ReadyTransport trusting(Certificates certificates) {
        return trusting(certificates, Transport.Http.ONE);
    }

    static ReadyTransport trusting(Certificates certificates, Transport.Http http) {
        return new ReadyTransport(
                http, certificates.trust(), Optional.empty(), false, new Transport.KeepAlive.Always());
    }

    static ReadyTransport through(ReadyTransport direct, ReadyTransport.Via proxy) {
        return new ReadyTransport(
                direct.http(), direct.trusted(), Optional.of(proxy), direct.gzip(), direct.keepAlive());
    }

    static ReadyTransport withGzip(ReadyTransport without) {
        return new ReadyTransport(without.http(), without.trusted(), without.proxy(), true, without.keepAlive());
    }

    static Target plain(int port, ReadyTransport transport) {
        return Replay.gateway(port).over(transport);
    }

    static Target secure(int port, ReadyTransport transport) {
        return secure("localhost", port, transport);
    }

    static Target secure(String host, int port, ReadyTransport transport) {
        return new Target(Optional.empty(), true, host, port, Target.BASE, Optional.empty(), transport, model -> model);
    }
}
