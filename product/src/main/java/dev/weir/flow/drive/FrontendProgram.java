package dev.weir.flow.drive;

import dev.weir.flow.expr.ProxyFacts;
import dev.weir.flow.reply.Responder;
import dev.weir.flow.rule.ProxyRules;
import dev.weir.flow.rule.Service;
import dev.weir.model.proxy.Frontend;
import dev.weir.net.sock.Dialer;
import dev.weir.wire.http.HeaderName;
import java.util.List;

/**
 * What one generation wants done in a frontend: compiled rules, log lines and settled numbers beside the living
 * Frontend. Immutable.
 *
 * @param serving which program is the newest of this frontend
 * @param tenure the generation that it belongs to
 */
public record FrontendProgram(Frontend frontend, Routes routes, Times times, Terms terms, ExchangeLog log, Http http,
        Rules program, Serving serving, Tenure tenure) {

    /** Times in ms, 0 for none. */
    public record Times(int client, int clientFin, int request, int keepAlive, int tarpit, int inspect, int handshake) {}

    /**
     * How connections are kept.
     *
     * @param http whether requests are read from the start
     * @param window how many bytes a connection may have on their way before it is read no further
     * @param independentStreams whether what is written to the client says nothing about its being alive
     */
    public record Terms(boolean http, boolean nolinger, Dialer.KeepAlive keepAlive, int window,
            boolean independentStreams, Splices splices) {}

    /**
     * What only HTTP needs.
     *
     * @param services what answers requests by itself, in turn
     * @param monitor the path that is answered for the proxy's own sake, or null
     * @param uniqueIdHeader the header that tells servers the unique id, or null
     */
    public record Http(List<Service> services, Responder monitor, HttpTerms terms, HeaderName uniqueIdHeader) {}

    /**
     * What is compiled of lines.
     *
     * @param ruleKits what rules share, by the index of the worker
     * @param kits what HTTP connections share, by the index of the worker
     */
    public record Rules(ProxyRules rules, RuleKit[] ruleKits, HttpKit[] kits, ProxyFacts view, UniqueIds uniqueIds) {}

    /**
     * The program for the next request of a connection that is under this one: the newest of the frontend, or this one
     * where that cannot go on with the connection. Asked once for each request, at its head.
     */
    FrontendProgram forNextRequest() {
        FrontendProgram newest = serving.now();
        return newest != null && newest.speaksHttp() ? newest : this;
    }

    /** Whether connections under it have no future: they end with the answer that is due. */
    boolean isLast(long nowMs) {
        FrontendProgram newest = serving.now();
        // one in TCP mode may have gone on in HTTP
        return newest == null ? serving.parting().isNow(nowMs) : newest.speaksHttp() != speaksHttp();
    }

    /** Whether both are one listen section, whose rules are run once. */
    boolean isSameAs(BackendProgram back) {
        // not by the Spec: a reload gives both another one, one after the other
        return frontend.spec().kind().isBack() && back.backend().spec().kind().isFront()
                && frontend.name().equals(back.backend().name());
    }

    ProxyRules rules() {
        return program.rules();
    }

    RuleKit ruleKit(int worker) {
        return program.ruleKits()[worker];
    }

    HttpKit kit(int worker) {
        return program.kits()[worker];
    }

    ProxyFacts view() {
        return program.view();
    }

    UniqueIds uniqueIds() {
        return program.uniqueIds();
    }

    public int clientTimeoutMs() {
        return times.client();
    }

    /** How long clients may take to agree on encryption. */
    int handshakeTimeoutMs() {
        return times.handshake() > 0 ? times.handshake() : times.client();
    }

    public int clientFinTimeoutMs() {
        return times.clientFin();
    }

    public int tarpitTimeoutMs() {
        return times.tarpit();
    }

    public boolean nolinger() {
        return terms.nolinger();
    }

    public Dialer.KeepAlive keepAlive() {
        return terms.keepAlive();
    }

    public int window() {
        return terms.window();
    }

    Splices splices() {
        return terms.splices();
    }

    public boolean independentStreams() {
        return terms.independentStreams();
    }

    /** How long the head of a request may take, from the connection or its first byte on. */
    int waitForRequestMs() {
        return times.request() > 0 ? times.request() : times.client();
    }

    /** How long a connection may wait for its next request. */
    int waitForNextMs() {
        return times.keepAlive() > 0 ? times.keepAlive() : waitForRequestMs();
    }

    /** Whether the time of clients is all that idle connections are bound by. */
    boolean waitsAsClient() {
        return times.keepAlive() == 0 && times.request() == 0;
    }

    /** Whether requests are answered here; otherwise bytes are relayed. */
    boolean speaksHttp() {
        return terms.http();
    }
}
