package dev.weir.flow.drive;

import dev.weir.base.count.CellGroup;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.exchange.HttpFacts;
import dev.weir.model.server.Count;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.H2Stream;
import dev.weir.wire.h2.H2Error;

/** What one stream of a client connection needs, and the next one again. Worker-owned. */
final class H2Slot implements HttpClient {

    private final H2Session session;
    private final FrontendProgram program;
    private final ExchangeContext context;
    private final HttpFacts facts;
    private final HttpExchange exchange;
    private H2Stream stream;

    H2Slot(H2Session session) {
        this.session = session;
        context = new ExchangeContext(session.context());
        program = session.program();
        facts = new HttpFacts(program.log().longestRequestLine());
        facts.captures(program.rules().captures().request().length, program.rules().captures().response().length);
        exchange = new HttpExchange(program, session.kit(), this);
    }

    void begin(H2Stream begun) {
        stream = begun;
        Worker worker = session.connection().worker();
        facts.idle(worker.nowMicros(), worker.wallMicros());
        facts.began(worker.nowMicros());
        Exchange record = session.record(exchange.exchange());
        record.http(facts);
        record.context(context);
        exchange.begin(record, begun);
    }

    /** Whether its requests are served by that program. */
    boolean serves(FrontendProgram current) {
        return program == current;
    }

    /** Counts what its exchange has carried. */
    void tell() {
        Exchange record = exchange.exchange();
        CellGroup counts = session.program().frontend().counts();
        int worker = session.connection().worker().index();
        counts.cell(worker).add(Count.HTTP2_BYTES_IN.ordinal(), record.bytesIn());
        counts.cell(worker).add(Count.HTTP2_BYTES_OUT.ordinal(), record.bytesOut());
    }

    /** Whether the next stream may have it. */
    boolean over() {
        stream = null;
        return exchange.wentAsPlanned();
    }

    @Override
    public Connection connection() {
        return session.connection();
    }

    @Override
    public ExchangeContext context() {
        return context;
    }

    @Override
    public OwnServer own() {
        return session.own();
    }

    @Override
    public BackendProgram chosenBackend() {
        return session.chosenBackend();
    }

    @Override
    public boolean isFirst() {
        return session.isFirst();
    }

    @Override
    public void cut() {
        if (stream != null) {
            stream.cut(H2Error.CANCEL);
        }
    }

    @Override
    public void refuse() {
        if (stream != null) {
            stream.cut(H2Error.ENHANCE_YOUR_CALM);
            session.refuse();
        }
    }

    @Override
    public void leave(int patienceMs) {
        if (stream != null) {
            stream.cut(H2Error.INTERNAL_ERROR);
        }
    }

    @Override
    public void vanish() {
        session.connection().vanish();
    }
}
