package dev.changeover.harness.replay;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;

/// One connection of HTTP/1.1 to a target, carrying one exchange at a time. Confined to its lane's loop.
final class Connection extends ChannelInboundHandlerAdapter implements Carrier {

    private static final int MAX_HEAD_BYTES = 64 << 10;
    private static final int MAX_INTERIM_ANSWERS = 16;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Lane lane;
    private final Http1Pool pool;
    private final Channel channel;
    private final AnswerBody body;

    /// Null while idle.
    private Exchange exchange;

    private ChannelFuture written;
    private long arrivedNanos;
    private long idleSinceNanos;
    private int interimAnswers;
    private boolean interim;
    private boolean keepAlive;

    Connection(Lane lane, Http1Pool pool, Channel channel) {
        this.lane = lane;
        this.pool = pool;
        this.channel = channel;
        this.body = new AnswerBody(lane, pool.target().transport().gzip());
    }

    void addTo(ChannelPipeline pipeline) {
        HttpDecoderConfig config = new HttpDecoderConfig()
                .setMaxHeaderSize(MAX_HEAD_BYTES)
                .setMaxInitialLineLength(MAX_HEAD_BYTES)
                .setMaxChunkSize(Lane.SCRATCH_BYTES)
                .setValidateHeaders(false);
        pipeline.addLast(new Arrivals(), new HttpResponseDecoder(config), this);
    }

    boolean usable() {
        return channel.isActive();
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    @Override
    public void send(Exchange next, RequestBytes request) {
        exchange = next;
        interimAnswers = 0;
        byte[] bytes = ((RequestBytes.Http1) request).bytes();
        written = channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
        written.addListener(future -> {
            if (!future.isSuccess() && exchange == next) {
                broken(true);
            }
        });
    }

    @Override
    public void close() {
        exchange = null;
        body.end();
        pool.forget(this);
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (exchange == null) {
                close();
            } else {
                read((HttpObject) message);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(HttpObject message) {
        if (message.decoderResult().isFailure()) {
            if (message.decoderResult().cause() instanceof PrematureChannelClosureException) {
                broken(false);
            } else {
                exchange.malformed();
            }
            return;
        }
        if (message instanceof HttpResponse head) {
            readHead(head);
        }
        if (message instanceof HttpContent piece && !interim && exchange != null) {
            body.piece(piece.content(), arrivedNanos);
        }
        if (message instanceof LastHttpContent && exchange != null) {
            readEnd();
        }
    }

    private void readHead(HttpResponse head) {
        int status = head.status().code();
        interim = status < 200;
        if (!interim) {
            keepAlive = HttpUtil.isKeepAlive(head);
            String contentType = head.headers().get(HttpHeaderNames.CONTENT_TYPE);
            exchange.head(status, contentType == null ? "" : contentType);
            body.begin(exchange, body.decodes() ? head.headers().get(HttpHeaderNames.CONTENT_ENCODING) : null);
        } else if (status == SWITCHING_PROTOCOLS || ++interimAnswers > MAX_INTERIM_ANSWERS) {
            exchange.malformed();
        }
    }

    private void readEnd() {
        if (interim) {
            interim = false;
            exchange.interim();
            return;
        }
        Exchange finished = exchange;
        exchange = null;
        body.end();
        idleSinceNanos = lane.now();
        finished.complete();
        if (keepAlive && written.isSuccess() && channel.isActive()) {
            pool.release(this);
        } else {
            close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        broken(false);
    }

    /// An `IOException` is the peer's reset; anything else was thrown by what reads the answer.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException || exchange == null) {
            broken(true);
        } else {
            exchange.malformed();
        }
    }

    private void broken(boolean reset) {
        Exchange unfinished = exchange;
        close();
        if (unfinished != null) {
            unfinished.broken(reset);
        }
    }

    /// Notes when bytes come off the socket, before they are decoded: all that one read brings shares one
    /// time.
    private final class Arrivals extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            arrivedNanos = lane.now();
            if (exchange != null) {
                exchange.bytesArrived(arrivedNanos);
            }
            context.fireChannelRead(message);
        }
    }
}
