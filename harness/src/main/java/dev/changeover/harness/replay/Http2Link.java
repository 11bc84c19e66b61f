package dev.changeover.harness.replay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One connection of HTTP/2 to a target. It is up when the peer's settings have come, for they say how many streams
/// it may carry. Confined to its lane's loop.
///
/// A stream that the peer refuses, or leaves out when it says that it goes away, was not begun with: that is
/// `connection_refused`. Every other reset is `connection_reset`.
final class Http2Link extends Http2EventAdapter {

    /// How it ends before its streams do.
    enum Break {
        RESET,
        CLOSED,
        MALFORMED
    }

    private static final int CONNECTION_WINDOW = 16 << 20;
    private static final int LAST_STREAM = Integer.MAX_VALUE - 2;

    private final Lane lane;
    private final Http2Pool pool;
    private final Channel channel;
    private final Http2Handler handler = Http2Handler.of(this);
    private final Http2Connection.PropertyKey ofStream;
    private ChannelHandlerContext context;
    private Consumer<Http2Link> whenUp = _ -> {};
    private Consumer<Optional<String>> whenFailed = _ -> {};
    private long mostStreams = Long.MAX_VALUE;
    private long arrivedNanos;
    private long idleSinceNanos;
    private boolean up;
    private boolean leaving;
    private boolean sweeping;

    Http2Link(Lane lane, Http2Pool pool, Channel channel) {
        this.lane = lane;
        this.pool = pool;
        this.channel = channel;
        this.ofStream = handler.connection().newKey();
        handler.connection().addListener(this);
    }

    void addTo(ChannelPipeline pipeline) {
        pipeline.addLast(new Arrivals(), handler);
        context = pipeline.context(handler);
        channel.closeFuture().addListener(_ -> failUnlessUp("closed the connection before it spoke HTTP/2"));
    }

    /// Calls one of the two, unless it is closed by us before.
    void whenUp(Consumer<Http2Link> tellUp, Consumer<Optional<String>> tellFailed) {
        if (up) {
            tellUp.accept(this);
        } else {
            whenUp = tellUp;
            whenFailed = tellFailed;
            if (leaving || !channel.isActive()) {
                failUnlessUp("does not speak HTTP/2");
            }
        }
    }

    /// That the peer allows at once.
    long mostStreams() {
        return mostStreams;
    }

    boolean hasRoom() {
        Http2Connection.Endpoint<?> local = handler.connection().local();
        return up && !leaving && channel.isActive() && local.canOpenStream() && local.lastStreamCreated() < LAST_STREAM;
    }

    Http2Carrier stream() {
        return new Http2Carrier(
                lane, this, handler, context, pool.target().transport().gzip());
    }

    void carriedBy(Http2Stream stream, Http2Carrier carrier) {
        stream.setProperty(ofStream, carrier);
    }

    long arrivedNanos() {
        return arrivedNanos;
    }

    /// Gives up whatever it carries.
    void close() {
        leaving = true;
        carriers().forEach(Http2Carrier::forget);
        channel.close();
    }

    void broken(Break how) {
        if (leaving) {
            return;
        }
        leaving = true;
        carriers().forEach(carrier -> carrier.lost(how));
        failUnlessUp("does not speak HTTP/2");
        channel.close();
    }

    void streamFailed(int id, boolean outbound) {
        carrier(handler.connection().stream(id))
                .ifPresent(carrier -> carrier.lost(outbound ? Break.RESET : Break.MALFORMED));
    }

    void closeIfIdle() {
        if (handler.connection().numActiveStreams() > 0 || !channel.isActive()) {
            return;
        }
        idleSinceNanos = lane.now();
        if (leaving) {
            channel.close();
        } else if (pool.mostIdleNanos().isPresent() && !sweeping) {
            sweepIn(pool.mostIdleNanos().getAsLong());
        }
    }

    private void sweepIn(long nanos) {
        sweeping = true;
        lane.loop().schedule(this::sweep, nanos, TimeUnit.NANOSECONDS);
    }

    private void sweep() {
        sweeping = false;
        if (handler.connection().numActiveStreams() == 0 && channel.isActive()) {
            long left = idleSinceNanos + pool.mostIdleNanos().orElseThrow() - lane.now();
            if (left > 0) {
                sweepIn(left);
            } else {
                close();
            }
        }
    }

    private void failUnlessUp(String what) {
        if (!up) {
            Consumer<Optional<String>> tell = whenFailed;
            whenFailed = _ -> {};
            tell.accept(Optional.of(
                    "%s:%d %s".formatted(pool.target().host(), pool.target().port(), what)));
        }
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext from, Http2Settings settings) throws Http2Exception {
        Long most = settings.maxConcurrentStreams();
        if (most != null) {
            mostStreams = most;
        }
        if (!up) {
            up = true;
            handler.connection()
                    .local()
                    .flowController()
                    .incrementWindowSize(handler.connection().connectionStream(), CONNECTION_WINDOW);
            whenUp.accept(this);
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext from,
            int id,
            Http2Headers head,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end) {
        onHeadersRead(from, id, head, padding, end);
    }

    @Override
    public void onHeadersRead(ChannelHandlerContext from, int id, Http2Headers head, int padding, boolean end) {
        carrier(handler.connection().stream(id)).ifPresent(carrier -> carrier.readHead(head, end));
    }

    @Override
    public int onDataRead(ChannelHandlerContext from, int id, ByteBuf data, int padding, boolean end) {
        int taken = data.readableBytes() + padding;
        carrier(handler.connection().stream(id)).ifPresent(carrier -> carrier.readBody(data, end));
        return taken;
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext from, int id, long code) {
        carrier(handler.connection().stream(id)).ifPresent(carrier -> carrier.reset(code));
    }

    @Override
    public void onGoAwayReceived(int lastStream, long code, ByteBuf said) {
        leaving = true;
        for (Http2Carrier carrier : carriers()) {
            if (carrier.id() > lastStream) {
                carrier.notBegun();
            }
        }
        lane.loop().execute(this::closeIfIdle);
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
        carrier(stream).ifPresent(carrier -> carrier.lost(Break.CLOSED));
        closeIfIdle();
    }

    private List<Http2Carrier> carriers() {
        List<Http2Carrier> found = new ArrayList<>();
        try {
            handler.connection().forEachActiveStream(stream -> {
                carrier(stream).ifPresent(found::add);
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException("streams could not be looked through", e);
        }
        return found;
    }

    private Optional<Http2Carrier> carrier(Http2Stream stream) {
        return stream == null ? Optional.empty() : Optional.ofNullable(stream.getProperty(ofStream));
    }

    /// Notes when bytes come off the socket, before they are decoded.
    private final class Arrivals extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext from, Object message) {
            arrivedNanos = lane.now();
            from.fireChannelRead(message);
        }
    }
}
