package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.base.log.TraceSource;
import dev.weir.base.log.TraceSources;
import dev.weir.base.time.Timer;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.rule.RuleSet;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.proxy.Entrance;
import dev.weir.model.server.Count;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Encryption;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Reason;
import dev.weir.net.tls.Alpn;
import dev.weir.net.tls.TlsFault;
import dev.weir.wire.proxyv.HeaderError;
import dev.weir.wire.proxyv.HeaderReader;
import dev.weir.wire.proxyv.NetScalerCipReader;
import dev.weir.wire.proxyv.ProxyHeader;
import dev.weir.wire.proxyv.ProxyHeaderReader;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * An accepted connection until its protocol takes over: reads the header that says where the client really is, when
 * the listener expects one, and agrees on encryption, where it wants that. Worker-owned.
 */
final class Session implements Mux, Encryption.Handshake {

    /** Null once the protocol has taken over: a connection may outlive the program that accepted it. */
    private Entry entry;
    private final Entrance entrance;
    private final Worker worker;
    private Connection connection;
    private HeaderReader header;
    private ByteBuf early;
    private boolean handshaking;
    private long acceptedWallMicros;
    private long acceptedMicros;
    private final Runnable whenGone;
    private ExchangeContext context;
    private final Timer patience = new Timer() {
        @Override
        protected void fire(long nowMs) {
            if (handshaking) {
                connection.tls().fault(TlsFault.TIMEOUT);
                refused(TlsFault.TIMEOUT);
            } else {
                refuse(header.onTimeout());
            }
        }
    };

    Session(Entry entry, Worker worker) {
        this(entry, worker, null);
    }

    /** @param whenGone of a connection that we have dialled, where requests come from the other side; else null */
    Session(Entry entry, Worker worker, Runnable whenGone) {
        this.whenGone = whenGone;
        this.entry = entry;
        this.entrance = entry.entrance();
        this.worker = worker;
    }

    @Override
    public void opened(Connection accepted) {
        connection = accepted;
        accepted.idlePingMs(entrance.idlePingMs());
        acceptedWallMicros = worker.wallMicros();
        acceptedMicros = worker.nowMicros();
        entry.count(worker);
        if (entry.program().keepAlive() != null) {
            accepted.keepAlive(entry.program().keepAlive());
        }
        context = new ExchangeContext(entry.program(), entry.program().ruleKit(worker.index()));
        entry.program().tenure().enter();
        trace(TraceSources.SESSION, TraceSources.SESSION_NEW, "");
        if (isRefused(entry.program().rules().connection(), Count.DENIED_CONNECTIONS)) {
            return;
        }
        header = firstHeader();
        if (header == null) {
            secure(null);
        } else if (entry.program().clientTimeoutMs() > 0) {
            worker.arm(patience, entry.program().clientTimeoutMs());
        }
    }

    /** What must come first, as the rules that the connection has passed say, or its listener; null for nothing. */
    private HeaderReader firstHeader() {
        return switch (context.expected()) {
            case PROXY -> new ProxyHeaderReader();
            case NETSCALER -> new NetScalerCipReader(0);
            case NONE -> entry.headers() == null ? null : entry.headers().get();
        };
    }

    @Override
    public void received(ByteBuf bytes) {
        if (early == null) {
            early = bytes;
        } else {
            early = early.alloc().compositeBuffer().addFlattenedComponents(true, early)
                    .addFlattenedComponents(true, bytes);
        }
        switch (header.read(early)) {
            case NEED_MORE -> { }
            case BAD -> refuse(header.error());
            case DONE -> {
                worker.remove(patience);
                adopt(header.header());
                ByteBuf rest = early;
                early = null;
                header = null;
                if (rest.isReadable()) {
                    secure(rest);
                } else {
                    rest.release();
                    secure(null);
                }
            }
        }
    }

    private void adopt(ProxyHeader said) {
        context.proxied(said);
        if (!said.isLocal() && said.source() != Address.NONE) {
            context.keepAddresses(connection);
            connection.source(said.source());
            connection.destination(said.destination());
        }
    }

    /** Runs rules about the connection; one that is refused was never a session and gets no line. */
    private boolean isRefused(RuleSet rules, Count counts) {
        if (rules.isEmpty()) {
            return false;
        }
        Exchange exchange = exchange();
        context.begin(RuleHost.NOBODY, exchange, connection, null);
        Verdict verdict = context.run(rules);
        boolean changed = exchange.clientAddress() != connection.source()
                || exchange.frontendAddress() != connection.destination();
        if (changed && counts == Count.DENIED_SESSIONS) {
            context.keepAddresses(connection);
        }
        if (exchange.clientAddress() != connection.source()) {
            connection.source(exchange.clientAddress());
        }
        if (exchange.frontendAddress() != connection.destination()) {
            connection.destination(exchange.frontendAddress());
        }
        if (verdict != Verdict.REJECT && verdict != Verdict.VANISH) {
            return false;
        }
        exchange.countFront(counts);
        context.endSession(worker.nowMs());
        connection.become(Mux.NOBODY);
        if (verdict == Verdict.VANISH) {
            connection.vanish();
        } else {
            connection.close();
        }
        leave();
        return true;
    }

    /** Agrees on encryption first, where clients are to be encrypted. */
    private void secure(ByteBuf first) {
        if (entry.tls() == null) {
            begin(first);
            return;
        }
        handshaking = true;
        if (entry.program().handshakeTimeoutMs() > 0) {
            worker.arm(patience, entry.program().handshakeTimeoutMs());
        }
        Encryption.accept(connection, entry.tls(), first, this);
    }

    @Override
    public void secured() {
        handshaking = false;
        worker.remove(patience);
        countTls(Count.TLS_SESSIONS);
        trace(TraceSources.SSL, TraceSources.SSL_AGREED, "");
        if (connection.tls() != null && connection.tls().isResumed()) {
            countTls(Count.TLS_RESUMED);
        }
        // what is logged of a client that asks for nothing tells of its encryption all the same
        context.begin(RuleHost.NOBODY, exchange(), connection, null);
        begin(null);
    }

    @Override
    public void refused(TlsFault fault) {
        handshaking = false;
        countTls(Count.TLS_FAILED);
        trace(TraceSources.SSL, TraceSources.SSL_REFUSED, " " + fault.text());
        logRefusal(fault);
        if (connection.isOpen()) {
            connection.become(Mux.NOBODY);
            connection.closeAfterFlush(0);
        }
        leave();
    }

    private void countTls(Count what) {
        entrance.frontend().counts().cell(worker.index()).increment(what.ordinal());
        entrance.counts().cell(worker.index()).increment(what.ordinal());
    }

    /** Where a client that said nothing is no news, one that leaves before it is encrypted is none. */
    private void logRefusal(TlsFault fault) {
        Exchange exchange = exchange();
        context.begin(RuleHost.NOBODY, exchange, connection, null);
        byte[] text = fault.text().getBytes(StandardCharsets.US_ASCII);
        if (fault == TlsFault.EMPTY || fault == TlsFault.ABORT || fault == TlsFault.TIMEOUT) {
            entry.program().log().fellSilent(exchange, text);
        } else {
            entry.program().log().refused(exchange, text);
        }
    }

    private void begin(ByteBuf first) {
        FrontendProgram program = entry.program();
        if (isRefused(program.rules().session(), Count.DENIED_SESSIONS)) {
            if (first != null) {
                first.release();
            }
            return;
        }
        if (context.attachment() != null) {
            Attaching.begin(connection, context, first);
            entry = null;
            leave();
            return;
        }
        context.sessionBegun(worker.nowMs());
        Entry.Protocol protocol = entry.protocol();
        // a session that lasts must not hold a generation
        entry = null;
        header = null;
        if (program.speaksHttp()) {
            beginHttp(program, protocol, first);
            return;
        }
        Entry.countSession(entrance, worker);
        Exchange exchange = exchange();
        Tunnel tunnel = new Tunnel(program, context, exchange, connection, this::toHttp);
        tunnel.start();
        if (first != null) {
            tunnel.feed(first);
        }
        tunnel.go();
    }

    /** A TCP session goes on as HTTP; its exchange becomes that of the first request. */
    private void toHttp(Exchange begun, BackendProgram chosen, ByteBuf bytes, boolean ended) {
        context.upgrade();
        Exchange[] first = {begun};
        HttpConnection http = new HttpConnection(context.front(), context, connection, last -> {
            Exchange next = first[0] != null ? first[0] : nextRequest(last);
            first[0] = null;
            return next;
        }, this::leave);
        http.chose(chosen);
        http.begin(context.front().http().terms().takesHttp2());
        connection.handOn(bytes);
        if (ended) {
            connection.engine().inputEnded();
        }
    }

    private void beginHttp(FrontendProgram program, Entry.Protocol protocol, ByteBuf first) {
        boolean agreed = protocol == Entry.Protocol.AUTO && connection.tls() != null
                && Alpn.isHttp2(connection.tls().alpn());
        if (agreed || protocol == Entry.Protocol.HTTP2 || whenGone != null) {
            new H2Session(program, context, connection, this::nextRequest, this::leave, whenGone != null).begin();
        } else {
            boolean mayChange = protocol == Entry.Protocol.AUTO && program.http().terms().takesHttp2();
            new HttpConnection(program, context, connection, this::nextRequest, this::leave).begin(mayChange);
        }
        if (first != null) {
            connection.handOn(first);
        }
    }

    /** @param last the record of the request before, if it can be used once more */
    private Exchange nextRequest(Exchange last) {
        Entry.countSession(entrance, worker);
        Exchange exchange = record(last != null ? last : new Exchange(worker, entrance));
        acceptedWallMicros = worker.wallMicros();
        acceptedMicros = worker.nowMicros();
        return exchange;
    }

    private void refuse(HeaderError error) {
        Exchange exchange = exchange();
        context.begin(RuleHost.NOBODY, exchange, connection, null);
        context.headerError(error);
        entry.program().log().refused(exchange, error.text().getBytes(StandardCharsets.US_ASCII));
        if (connection.isOpen()) {
            connection.become(Mux.NOBODY);
            connection.close();
        }
        leave();
    }

    private Exchange exchange() {
        return record(new Exchange(worker, entrance));
    }

    private Exchange record(Exchange exchange) {
        return exchange.begin(connection.source(), connection.destination(), acceptedWallMicros, acceptedMicros);
    }

    private void trace(TraceSource source, int event, String more) {
        if (source.sees(event)) {
            StreamTrace.connection(source, event, entrance.frontend(), connection, more);
        }
    }

    private void leave() {
        trace(TraceSources.SESSION, TraceSources.SESSION_END, "");
        worker.remove(patience);
        if (context != null) {
            context.endSession(worker.nowMs());
            context.front().tenure().leave();
        }
        if (early != null) {
            early.release();
            early = null;
        }
        worker.load().decrementAndGet();
        entrance.leave();
        if (whenGone != null) {
            whenGone.run();
        }
    }

    @Override
    public void inputEnded() {
        if (header != null) {
            refuse(header.onEnd(early != null));
        }
    }

    @Override
    public void broken(Reason reason) {
        if (handshaking) {
            handshaking = false;
            connection.tls().fault(TlsFault.ABORT);
            logRefusal(TlsFault.ABORT);
        }
        leave();
    }
}
