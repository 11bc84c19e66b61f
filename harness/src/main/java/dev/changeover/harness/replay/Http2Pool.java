package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.Transport.KeepAlive;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Connections of HTTP/2, each filled with as many streams as its peer allows before another one is used. A connection
/// is there when its peer has said how many that are; requests that come before wait for it, no more of them than the
/// last peer allowed.
final class Http2Pool implements ConnectionPool {

    /// What a peer should allow at least.
    private static final long EXPECTED_STREAMS = 100;

    private final Lane lane;
    private final Target target;
    private final Dialer dialer;
    private final Set<Http2Link> links = new LinkedHashSet<>();
    private final Set<Opening> openings = new LinkedHashSet<>();
    private long expectedStreams = EXPECTED_STREAMS;

    Http2Pool(Lane lane, Target target, Class<? extends Channel> channelType) {
        this.lane = lane;
        this.target = target;
        this.dialer = new Dialer(lane, target, channelType, this::addTo);
    }

    private void addTo(ChannelPipeline pipeline) {
        Http2Link link = new Http2Link(lane, this, pipeline.channel());
        links.add(link);
        pipeline.channel().closeFuture().addListener(_ -> links.remove(link));
        link.addTo(pipeline);
    }

    @Override
    public Target target() {
        return target;
    }

    /// How long a connection without streams is kept; empty: for ever.
    OptionalLong mostIdleNanos() {
        return switch (target.transport().keepAlive()) {
            case KeepAlive.Always(), KeepAlive.None() -> OptionalLong.empty();
            case KeepAlive.Idle(var most) -> OptionalLong.of(most.toNanos());
        };
    }

    @Override
    public void connect(Exchange exchange) {
        for (Http2Link link : links) {
            if (link.hasRoom()) {
                exchange.connected(link.stream());
                return;
            }
        }
        for (Opening opening : openings) {
            if (opening.waiting.size() < expectedStreams) {
                opening.add(exchange);
                return;
            }
        }
        new Opening().begin(exchange);
    }

    @Override
    public void close() {
        List.copyOf(links).forEach(Http2Link::close);
    }

    /// A connection that is not there yet, and who waits for it.
    private final class Opening {

        private final Set<Exchange> waiting = new LinkedHashSet<>();
        private Channel channel;

        void begin(Exchange first) {
            openings.add(this);
            channel = dialer.dial(
                    opened -> opened.pipeline().get(Http2Handler.class).link().whenUp(this::up, this::failed),
                    this::failed);
            add(first);
        }

        void add(Exchange exchange) {
            waiting.add(exchange);
            exchange.connecting(() -> giveUp(exchange));
        }

        private void giveUp(Exchange exchange) {
            waiting.remove(exchange);
            if (waiting.isEmpty() && openings.remove(this)) {
                channel.close();
            }
        }

        private void up(Http2Link link) {
            openings.remove(this);
            expectedStreams = Math.clamp(link.mostStreams(), 1, expectedStreams);
            boolean none = link.mostStreams() == 0;
            for (Exchange exchange : new ArrayList<>(waiting)) {
                if (none) {
                    exchange.connectFailed(Optional.of("%s allows no streams at all".formatted(target.host())));
                } else if (link.hasRoom()) {
                    exchange.connected(link.stream());
                } else {
                    connect(exchange);
                }
            }
            link.closeIfIdle();
        }

        private void failed(Optional<String> why) {
            openings.remove(this);
            new ArrayList<>(waiting).forEach(exchange -> exchange.connectFailed(why));
        }
    }
}
