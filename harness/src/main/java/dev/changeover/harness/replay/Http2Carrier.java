package dev.changeover.harness.replay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.Optional;

/// One stream of a connection of HTTP/2, for one exchange. Confined to its lane's loop.
final class Http2Carrier implements Carrier {

    private static final int MAX_INTERIM_ANSWERS = 16;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NO_STATUS = -1;

    private final Http2Link link;
    private final Http2Handler handler;
    private final ChannelHandlerContext context;
    private final AnswerBody body;

    /// Null before it is sent, and when it is over.
    private Exchange exchange;

    private ChannelFuture written;
    private int id;
    private int interimAnswers;
    private boolean answered;

    Http2Carrier(Lane lane, Http2Link link, Http2Handler handler, ChannelHandlerContext context, boolean gzip) {
        this.link = link;
        this.handler = handler;
        this.context = context;
        this.body = new AnswerBody(lane, gzip);
    }

    int id() {
        return id;
    }

    @Override
    public void send(Exchange next, RequestBytes request) {
        exchange = next;
        RequestBytes.Http2 outgoing = (RequestBytes.Http2) request;
        id = handler.connection().local().incrementAndGetNextStreamId();
        handler.encoder().writeHeaders(context, id, outgoing.head(), 0, false, context.newPromise());
        Http2Stream stream = handler.connection().stream(id);
        if (stream == null) {
            lost(Http2Link.Break.RESET);
            return;
        }
        link.carriedBy(stream, this);
        written = handler.encoder()
                .writeData(context, id, Unpooled.wrappedBuffer(outgoing.body()), 0, true, context.newPromise());
        written.addListener(future -> {
            if (!future.isSuccess()) {
                lost(Http2Link.Break.RESET);
            }
        });
        handler.flush(context);
    }

    /// Gives up what it carries, and tells the peer.
    @Override
    public void close() {
        forget();
        handler.resetStream(context, id, Http2Error.CANCEL.code(), context.newPromise());
        handler.flush(context);
    }

    void forget() {
        exchange = null;
        body.end();
    }

    void readHead(Http2Headers head, boolean end) {
        if (exchange == null) {
            return;
        }
        if (!answered) {
            int status = status(head);
            if (status < 200) {
                readInterim(status, end);
                return;
            }
            answered = true;
            exchange.bytesArrived(link.arrivedNanos());
            CharSequence type = head.get(HttpHeaderNames.CONTENT_TYPE);
            exchange.head(status, type == null ? "" : type.toString());
            body.begin(exchange, body.decodes() ? head.get(HttpHeaderNames.CONTENT_ENCODING) : null);
        }
        if (end) {
            readEnd();
        }
    }

    private void readInterim(int status, boolean end) {
        if (end || status == NO_STATUS || status == SWITCHING_PROTOCOLS || ++interimAnswers > MAX_INTERIM_ANSWERS) {
            exchange.malformed();
        }
    }

    private static int status(Http2Headers head) {
        CharSequence text = head.status();
        boolean number = text != null && text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(text.toString()) : NO_STATUS;
    }

    void readBody(ByteBuf data, boolean end) {
        if (exchange != null && !answered) {
            exchange.malformed();
        }
        if (exchange != null) {
            body.piece(data, link.arrivedNanos());
        }
        if (exchange != null && end) {
            readEnd();
        }
    }

    /// What is still to be sent of the request is of no use any more.
    private void readEnd() {
        Exchange finished = exchange;
        forget();
        if (!written.isDone()) {
            close();
        }
        finished.complete();
    }

    void reset(long code) {
        if (code == Http2Error.REFUSED_STREAM.code()) {
            notBegun();
        } else {
            lost(Http2Link.Break.RESET);
        }
    }

    void notBegun() {
        if (exchange != null) {
            Exchange unfinished = exchange;
            forget();
            unfinished.refused(Optional.of("the peer refused streams of HTTP/2"));
        }
    }

    void lost(Http2Link.Break how) {
        if (exchange == null) {
            return;
        }
        Exchange unfinished = exchange;
        forget();
        switch (how) {
            case RESET -> unfinished.broken(true);
            case CLOSED -> unfinished.broken(false);
            case MALFORMED -> unfinished.malformed();
        }
    }
}
